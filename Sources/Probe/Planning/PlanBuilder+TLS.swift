import SessionOptions
import SessionTrace
import TLSEngine
import Wire

/// TLS: whom to believe, and what to say of ourselves.
extension PlanBuilder {
  func checkedTLS(isNeeded: Bool) throws(PlanError) -> ClientConfiguration {
    let configuration = try tlsConfiguration
    do throws(TLSError) {
      return try trials.tried(configuration, isNeeded: isNeeded)
    } catch {
      throw PlanError(error.isLackOfLibrary ? .ownHost : .usage, error.description)
    }
  }

  /// By whom TLSA records are validated, where they are to be.
  func checkedDANE(asking nameServer: Endpoint?) throws(PlanError) -> ValidatorPlan? {
    guard options.dane else { return nil }
    var plan = ValidatorPlan(nameServer: nameServer)
    if let path = options.trustAnchor { plan.anchors = try trials.anchors(in: path) }
    switch trials.problem(with: plan) {
    case nil: return plan
    case .noLibrary?:
      throw PlanError(.ownHost, "--dane needs libunbound: apt-get install libunbound8")
    case .refused(let reason)?:
      throw PlanError(
        .badInput,
        options.trustAnchor.map { "--trust-anchor \($0): libunbound does not take it: \(reason)" }
          ?? "--dane: libunbound does not start: \(reason)")
    }
  }

  private var tlsConfiguration: ClientConfiguration {
    get throws(PlanError) {
      var configuration = ClientConfiguration(
        trustFile: options.tlsCAPath, furtherTrust: place?.certificates)
      if let name = try options.tlsSNI.map(inASCII) {
        configuration.serverName = name
        configuration.verifyName = name
      } else if case .host(let host) = target.place, NumericAddress(host) == nil {
        configuration.serverName = try inASCII(host)
      }
      configuration.priority = options.tlsPriority
      configuration.requireVerified = options.tlsVerify
      configuration.helloSize = options.clienthelloSize
      configuration.recordSize = options.tlsRecordSize
      configuration.pins = options.tlsFingerprint.map(\.hexadecimal)
      configuration.resumption = options.tlsResume ? trials.resumption : nil
      configuration.clientCertificate = options.tlsCert.map {
        ClientCertificate(certificatePath: $0, keyPath: options.tlsKey ?? $0)
      }
      return configuration
    }
  }
  /// Whose policy of MTA-STS is asked for, and how; `nil` where nobody asks.
  func policyQuestion(_ plan: SessionPlan) throws(PlanError) -> PolicyQuestion? {
    guard options.mtaSTS else { return nil }
    guard let domain = try policyDomain else {
      throw PlanError(
        .usage,
        "--mta-sts beside \(target.given): no domain to ask for its policy; give mx:DOMAIN, or --to user@DOMAIN"
      )
    }
    var port = options.mtaSTSPort
    if port == nil, case .ip(_, let chosen)? = place?.policyHost { port = chosen }
    var question = PolicyQuestion(
      domain: domain, port: port ?? 443, nameServer: plan.target.nameServer,
      tls: plan.tls, connectLimit: options.timeouts.connect)
    question.family = options.family
    // What is left of it is for the session, with a policy or without.
    if let total = options.timeouts.total { question.limit = min(question.limit, total / 2) }
    return question
  }

  /// The domain that mail is for: the target's, or that of the first recipient where the target is a host.
  private var policyDomain: String? {
    get throws(PlanError) {
      if case .mailDomain(let domain) = target.place { return try inASCII(domain) }
      if case .unix = target.place { return nil }
      guard let recipient = recipients.first, let at = recipient.lastIndex(of: "@") else {
        return nil
      }
      let domain = String(recipient[recipient.index(after: at)...])
      return domain.isEmpty || domain.hasPrefix("[") ? nil : try inASCII(domain)
    }
  }
}
