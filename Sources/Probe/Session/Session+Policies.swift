import SessionOptions
import SMTPDialogue
import SessionTrace
import StrictTransport
import TLSEngine
import Wire

/// What a domain asks of those who send mail to it, between finding its exchangers and connecting to them.
extension Session {
  /// A policy that binds a connection, or would if it were in force.
  struct PolicyInForce {
    var domain: String
    var policy: STSPolicy

    /// Whether who does not keep to it gets no mail.
    var isEnforced: Bool { policy.mode == .enforce }
  }

  /// Asks for the policy, where somebody wants it kept to, and goes on to connect.
  func consult(about found: [Candidate]) {
    guard let question = plan.policy else { return connect(toAnyOf: found) }
    let giveUp = network.policies.ask(question, on: network) { [weak self] finding in
      self?.consulted(finding, on: question.domain, about: found)
    }
    phase = .consulting(since: network.now, giveUp: giveUp)
    rearm()
  }

  private func consulted(
    _ finding: PolicyFinding, on domain: String, about found: [Candidate]
  ) {
    guard case .consulting = phase else { return }
    record(finding, on: domain)
    guard let policy = finding.policy, policy.mode != .none else { return connect(toAnyOf: found) }
    let inForce = PolicyInForce(domain: domain, policy: policy)
    policyInForce = inForce
    var seen: Set<String> = []
    let strangers = Set(found.map(\.host).filter { isStranger($0, to: policy) })
    for candidate in found where strangers.contains(candidate.host) {
      if seen.insert(candidate.host).inserted { recordStranger(candidate.host, inForce) }
    }
    let allowed = found.filter { !inForce.isEnforced || !strangers.contains($0.host) }
    guard !allowed.isEmpty else {
      return finish(
        .unreachable(
          SystemFailure(
            call: "MTA-STS", name: "NOT_IN_POLICY", code: 0,
            text: "the policy of \(escapedText(domain.utf8)) names none of its exchangers")))
    }
    connect(toAnyOf: allowed)
  }

  /// Whether the policy does not name a host, and nothing else vouches for it.
  private func isStranger(_ host: String, to policy: STSPolicy) -> Bool {
    policy.pattern(for: host) == nil && !isDecidedByDANE(host)
  }

  /// Whether TLSA records authenticate a host: policies then have nothing to add (RFC 8461 section 2).
  private func isDecidedByDANE(_ host: String) -> Bool {
    tlsaExpectation(of: host)?.authenticates ?? false
  }

  /// Nobody waits for it any more.
  func giveUpConsulting() {
    if case .consulting(_, let giveUp) = phase { giveUp() }
  }

  /// The settings for TLS with a host that a policy is about: its own name, and by whose word it is verified.
  func bound(_ configuration: ClientConfiguration, to host: String) -> ClientConfiguration {
    guard let policyInForce, !isDecidedByDANE(host) else { return configuration }
    var configuration = configuration
    configuration.serverName = host
    configuration.verifyName = host
    if policyInForce.isEnforced { configuration.requireVerified = true }
    return configuration
  }
}

// MARK: - What a report has of it

extension Session {
  private func record(_ finding: PolicyFinding, on domain: String) {
    add(
      TLSPolicyRecord(
        kind: finding.isAnnounced ? .sts : .none, domain: escapedText(domain.utf8),
        strings: finding.policy?.lines ?? [],
        mode: finding.policy?.mode,
        result: finding.result, reason: finding.reason, took: finding.took))
  }

  private func recordStranger(_ host: String, _ inForce: PolicyInForce) {
    let name = escapedText(host.utf8)
    var record = hostRecord(name, inForce)
    record.result = .validationFailure
    record.reason =
      "not in the policy"
      + (inForce.isEnforced ? ": passed over" : ", which does not bind while it is tested")
    add(record)
  }

  /// A host that the policy names is about to be connected to.
  func recordHost(_ host: String) {
    let name = escapedText(host.utf8)
    guard let policyInForce, let pattern = policyInForce.policy.pattern(for: host),
      place(ofRecordOf: name, .sts) == nil
    else { return }
    var record = hostRecord(name, policyInForce)
    record.matched = "mx: \(pattern)"
    if isDecidedByDANE(host) { record.reason = "its TLSA records go before (RFC 8461 section 2)" }
    add(record)
  }

  private func hostRecord(_ name: String, _ inForce: PolicyInForce) -> TLSPolicyRecord {
    TLSPolicyRecord(
      kind: .sts, domain: escapedText(inForce.domain.utf8), host: name,
      mode: inForce.policy.mode)
  }

  /// Where the trace has what a policy of that kind says of a host.
  func place(ofRecordOf name: String, _ kind: TLSPolicyRecord.Kind) -> Int? {
    recorder.trace.tlsPolicies?.lastIndex { $0.kind == kind && $0.host == name }
  }

  private func add(_ record: TLSPolicyRecord) {
    recorder.trace.tlsPolicies = (recorder.trace.tlsPolicies ?? []) + [record]
  }

  /// Says of the host that was talked to whether it kept to the policy, as far as the session came.
  func recordOutcome(of ending: Ending) {
    let host = escapedText(recorder.trace.target.host.utf8)
    guard policyInForce != nil, !isDecidedByDANE(recorder.trace.target.host),
      let index = place(ofRecordOf: host, .sts),
      recorder.trace.tlsPolicies?[index].result == nil, let (result, reason) = breach(ending)
    else { return }
    recorder.trace.tlsPolicies?[index].result = result
    recorder.trace.tlsPolicies?[index].reason = reason
  }

  /// What does not keep to the policy; `nil` where nothing was seen that does not.
  private func breach(_ ending: Ending) -> (TLSPolicyRecord.Result, String)? {
    if let fault = channel?.tls?.certificateFault {
      let problems = recorder.trace.tls?.verificationProblems ?? []
      return (fault, problems.joined(separator: " "))
    }
    return lackOfTLS(ending)
  }

  /// Why there was no TLS, in the words of TLS reports; `nil` where there was, or where nobody came that far.
  func lackOfTLS(_ ending: Ending) -> (TLSPolicyRecord.Result, String)? {
    // A certificate was shown, and by somebody's word it will not do.
    guard channel?.tls?.certificateFault == nil else { return nil }
    if case .tlsFailed(let failure) = ending, failure.name != "not_offered" {
      return (.validationFailure, failure.text)
    }
    guard recorder.trace.tls == nil, let offered = dialogue.offered else { return nil }
    guard offered.offersStartTLS else { return (.starttlsNotSupported, "STARTTLS is not offered") }
    guard let reply = recorder.trace.replies.last(where: { $0.stage == .starttls }) else {
      return nil
    }
    if reply.code >= 400 {
      return (.starttlsNotSupported, "STARTTLS was answered by \(reply.code)")
    }
    if case .interrupted = ending { return nil }
    return (.validationFailure, "TLS was not set up behind STARTTLS")
  }
}
