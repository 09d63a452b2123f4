import SMTPDialogue
import SessionOptions
import SessionTrace
import TLSEngine
import Wire

/// DANE: which hosts may be used, and what TLS has to be with each (RFC 7672).
extension Session {
  /// Asks what DANE says of the hosts that were found, and goes on with those that may be used.
  func askDANE(about found: [Candidate], by validator: ValidatorPlan) {
    var hosts: [String] = []
    for candidate in found where !hosts.contains(candidate.host) { hosts.append(candidate.host) }
    let domain: String? =
      if case .mailDomain(let domain) = plan.target.place { domain } else { nil }
    let search = DANESearch(
      of: hosts, port: plan.target.port, domain: domain, by: validator, on: network,
      within: plan.timeouts.connect
    ) { [weak self] result in
      self?.daneFound(result, hosts: hosts, found)
    }
    daneSearch = search
    search.begin()
  }

  private func daneFound(_ result: DANESearch.Result, hosts: [String], _ found: [Candidate]) {
    guard case .resolving = phase else { return }
    daneSearch = nil
    daneFindings = result.findings
    recorder.trace.tlsPolicies =
      (recorder.trace.tlsPolicies ?? [])
      + hosts.compactMap { host in
        result.findings[host]?.record(of: host, took: result.durations[host] ?? 0)
      }
    if let remark = result.remark { recorder.trace.notes.append(remark) }
    var last: SystemFailure?
    let usable = found.filter { candidate in
      guard case .unusable(let security, let reason)? = result.findings[candidate.host] else {
        return true
      }
      last = SystemFailure(
        call: "DNSSEC", name: security == .bogus ? "DNSSEC_BOGUS" : "DNSSEC_NO_ANSWER", code: 0,
        text: "\(escapedText(candidate.host.utf8)) must not be used: \(reason)")
      return false
    }
    guard !usable.isEmpty else { return finish(.unreachable(last)) }
    for host in hosts {
      guard case .unusable(_, let reason)? = result.findings[host] else { continue }
      recorder.trace.notes.append("\(escapedText(host.utf8)) is passed over: \(reason)")
    }
    consult(about: usable)
  }

  /// What the TLSA records of the host ask for that the session is with; `nil` where there are none.
  private var tlsaExpectation: TLSAExpectation? { tlsaExpectation(of: recorder.trace.target.host) }

  /// The same of any host.
  func tlsaExpectation(of host: String) -> TLSAExpectation? {
    guard case .records(let records, let base)? = daneFindings[host] else { return nil }
    var names = [base]
    if case .mailDomain(let domain) = plan.target.place { names.append(domain) }
    return TLSAExpectation(records: records, names: names)
  }

  /// Before a host is connected to: whether there is to be no session without TLS.
  func demandTLS() {
    guard plan.dialogue.tls == .auto, !daneFindings.isEmpty || policyInForce != nil else { return }
    var words = plan.dialogue
    if tlsaExpectation != nil || policyInForce?.isEnforced == true { words.tls = .require }
    dialogue = Dialogue(words)
  }

  /// Holds the handshake to the host's records: the server is asked by the name that they stand at (RFC 7672
  /// section 3.2.1).
  func apply(to configuration: inout ClientConfiguration) {
    guard let tlsaExpectation else { return }
    configuration.tlsa = tlsaExpectation
    // Records that authenticate nobody leave the names to a policy that does.
    guard tlsaExpectation.authenticates || policyInForce == nil else { return }
    configuration.serverName = tlsaExpectation.names.first
    configuration.verifyName = tlsaExpectation.names.first
  }

  /// Writes down what came of the host's policy, at the end.
  func settleDANE(_ ending: Ending) {
    let host = escapedText(recorder.trace.target.host.utf8)
    guard tlsaExpectation != nil,
      let index = place(ofRecordOf: host, .tlsa)
    else { return }
    func settle(_ result: TLSPolicyRecord.Result, _ reason: String) {
      recorder.trace.tlsPolicies?[index].result = result
      recorder.trace.tlsPolicies?[index].reason = reason
    }
    switch channel?.tls?.tlsaOutcome {
    case .matched(let record)?:
      recorder.trace.tlsPolicies?[index].matched = record.description
      recorder.trace.tlsPolicies?[index].reason =
        record.isAboutLeaf ? "the certificate fits" : "an issuer of the certificate fits"
    case .failed(let result, let reason)?: settle(result, reason)
    case nil:
      if let (result, reason) = lackOfTLS(ending) { settle(result, "TLS is demanded: \(reason)") }
    }
  }
}
