import SessionTrace

extension CauseID {
  package static let starttlsThenSilence = CauseID(rawValue: "starttls-then-silence")
}

extension Cause {
  static let starttlsThenSilence = Cause(
    id: .starttlsThenSilence, code: "H10",
    title: "The server says 220 to STARTTLS, and nothing to the handshake",
    mechanism: """
      Some receivers throttle a source by accepting STARTTLS and never answering the \
      ClientHello.
      """,
    symptoms: """
      A stall at the TLS handshake, depending on the address that one comes from.
      """,
    experiment: """
      From another address, and with --tls off. From one address it looks like \
      clienthello-multisegment at another size.
      """,
    remedies: Remedies(
      postfix: [
        .setting(
          "smtp_tls_security_level = may",
          "Postfix tries again in clear text after a failed handshake.")
      ]),
    sources: [
      "KumoMTA issues 539, 542 and 577"
    ],
    twins: [.clienthelloMultisegment, .tlsGarbageAfter220],
    rules: [.silentHandshake])
}

extension CauseRule {
  fileprivate static let silentHandshake = CauseRule(
    fits: { $0.isUnanswered && $0.stage == .tls && $0.trace.options["tls"] != .text("implicit") },
    requires: [
      .goes(with: .tlsOff), .stays(with: .helloSize(Variation.smallHello)), .stays(with: .tls12),
      .stays { $0.withoutServerName }, .stays { .segmentSize($0.smallSegment) },
      .stays { $0.isCut ? .uncut : nil }, .stays { .patience($0.longPatience) },
    ],
    decider: "a session from another address (--local-address): who is throttled is known by it")
}
