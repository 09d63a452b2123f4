import SessionOptions

/// From the greeting to the envelope: who is there, what is offered, and whether it is protected.
///
///     S: 220 mx.example.com        -> say(.ehlo)
///     S: 250-… 250 STARTTLS        -> say(.startTLS)
///     S: 220 ready                 -> handshake; secured: say(.ehlo)
///     C: XCLIENT ADDR=…, S: 220    -> say(.ehlo)
///     S: 250-… 250 AUTH PLAIN      -> authenticate; challenge and response, as often as it takes
///     S: 235 …                     -> envelope
///
/// Sources: RFC 5321 sections 3.1 and 3.2, RFC 3207, RFC 4954.
struct Introduction: Equatable, Sendable {
  /// The verbs that it says, or stands behind.
  enum Role { case greeting, ehlo, lhlo, helo, startTLS, xclient, auth }

  let plan: DialoguePlan
  /// What the last EHLO's reply offered; empty after HELO, `nil` before, and again after STARTTLS.
  private(set) var offered: Capabilities?
  /// What TLS after STARTTLS adds to a flight, bytes; `nil` while it is not in use.
  private(set) var flightOverhead: Int?
  /// XCLIENT has been answered.
  private var isAnotherClient = false
  /// AUTH has been said and answered for good or ill, or could not be said.
  private var hasAuthenticated = false
  /// The greeting refused us, so EHLO's reply, should it be owed, leads nowhere.
  private var isTurnedAway = false

  init(_ plan: DialoguePlan) { self.plan = plan }

  /// As much of what is offered as is to be used (``DialoguePlan/ignoredKeywords``).
  var capabilities: Capabilities? { offered?.without(plan.ignoredKeywords) }

  /// What the reply to one of its verbs leads to.
  mutating func answered(_ role: Role, by reply: Reply) -> Step {
    switch role {
    case .greeting:
      isTurnedAway = !reply.isPositive
      return leavesAfterGreeting ? .leave : .say(plan.hello)
    // Exim, Postfix and swaks fall back whatever refused it; 421 has ended the dialogue before.
    case .ehlo where reply.isRefusal && !leavesAfterGreeting: return .say(.helo)
    case .ehlo, .lhlo, .helo:
      offered =
        role != .helo && reply.isPositive ? Capabilities(ehloReply: reply) : Capabilities()
      return reply.isPositive ? stepAfterHello : .leave
    case .startTLS:
      if reply.isPositive { return .handshake }
      return plan.tls == .require ? .leave : stepInClear
    case .xclient:
      isAnotherClient = true
      guard reply.isPositive else { return .leave }
      // It is another session for the server, which begins with the greeting (XCLIENT_README).
      offered = nil
      return .say(plan.hello)
    case .auth:
      if reply.code == 334 {
        return .answerChallenge(Base64.decoded(reply.lines.first ?? []))
      }
      return settled(isAuthenticated: reply.isPositive) ?? .leave
    }
  }

  /// The word about AUTH is spoken; the step behind it, `nil` where there is none to go on with.
  mutating func settled(isAuthenticated: Bool) -> Step? {
    hasAuthenticated = true
    return isAuthenticated || plan.authentication?.isOptional == true ? stepInClear : nil
  }

  /// The handshake is done: all that was learnt in clear text is forgotten (RFC 3207 section 4.2).
  mutating func secured(flightOverhead overhead: Int) -> Step {
    flightOverhead = overhead
    offered = nil
    return plan.stop == .tls ? .leave : .say(plan.hello)
  }

  /// The greeting decides, even where EHLO left before it was read.
  private var leavesAfterGreeting: Bool {
    isTurnedAway || plan.stop == .banner || (plan.tls == .implicit && plan.stop == .tls)
  }

  private var stepAfterHello: Step {
    if leavesAfterGreeting || plan.stop == .firstHelo { return .leave }
    guard flightOverhead == nil, plan.tls == .auto || plan.tls == .require else {
      return stepInClear
    }
    if capabilities?.offersStartTLS == true { return .say(.startTLS) }
    return plan.tls == .require ? .giveUpTLS : stepInClear
  }

  /// After the last EHLO; `tls` is a stop here when no TLS came about.
  private var stepInClear: Step {
    if plan.stop == .tls { return .leave }
    if !plan.clientAttributes.isEmpty, !isAnotherClient { return .say(.xclient) }
    if plan.stop == .noop { return .say(.noop) }
    if plan.stop == .helo { return .leave }
    if plan.authentication != nil, !hasAuthenticated { return .authenticate }
    return plan.stop == .auth ? .leave : .envelope
  }

  /// The line that offers STARTTLS under TLS, where it must not be offered again (RFC 3207 section 4.2).
  var startTLSOfferedInTLS: [UInt8]? {
    flightOverhead != nil || plan.tls == .implicit ? offered?.line(of: "STARTTLS") : nil
  }
}
