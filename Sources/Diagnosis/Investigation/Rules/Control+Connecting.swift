import SessionTrace

/// What a session shows of its connection, until the greeting.
extension Control {
  /// Why no address was found for the target; `nil` where nothing answered.
  var resolveFailure: SystemFailure? {
    guard stage == .resolve, case .unreachable(let failure?) = trace.ending else { return nil }
    return failure
  }

  /// The port that the user would have us come from.
  var localPort: Int? {
    if case .number(let port) = trace.options["local_port"] { port } else { nil }
  }

  /// Whether the address that failed, or the last that was tried, is one of IPv6.
  var usesIPv6: Bool {
    (trace.target.address ?? trace.attempts.last?.address ?? "").contains(":")
  }

  /// A connection, and not a byte from the server.
  var isSilentGreeting: Bool {
    status == .stalled && stage == .banner && trace.partialReply == nil
  }

  /// A connection, and nothing from the server until it, or we, had enough.
  var hasNotBeenGreeted: Bool {
    isSilentGreeting || isBrokenOff && stage == .banner && trace.ledger.received == 0
      || trace.greetingGivenUp != nil
  }

  /// Whether segments came before the first byte of the server's: its SYN-ACK sent again, or a keepalive, since we ask for
  /// no acknowledgement in a silence.
  var repeatsHandshake: Bool {
    guard let facts, let segments = facts.segmentsIn, trace.ledger.received == 0 else {
      return false
    }
    return segments > 1 && trace.ledger.written == 0 && !trace.hasOption("keepalive")
  }

  var talksEarly: Bool { trace.talkedEarly }
}

extension Trace {
  /// Whether the server has greeted, and taken us.
  var isGreeted: Bool { replies.contains { $0.stage == .banner && $0.code == 220 } }
}

extension Criterion {
  /// What became of these attempts, an address each; there are some.
  static func told(
    of attempts: @escaping @Sendable (Control) -> [ConnectionAttempt]
  ) -> Criterion {
    Criterion(variations: { _ in [] }) { evidence in
      .yes(attempts(evidence.control).map(\.inWords).joined(separator: "; "))
    }
  }
}

extension ConnectionAttempt {
  /// `192.0.2.25 port 25 did not answer (ETIMEDOUT)`.
  fileprivate var inWords: String {
    let end = "(\(failure?.name ?? "no reason"))"
    switch failureOrigin {
    case "rst": return "\(address) port \(port) answered the SYN with a reset \(end)"
    case "icmp": return "an ICMP message says that nobody reaches \(address) port \(port) \(end)"
    case "local": return "this host itself forbids a connection to \(address) port \(port) \(end)"
    default: return "\(address) port \(port) did not answer the SYN \(end)"
    }
  }
}
