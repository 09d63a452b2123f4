import SessionTrace

extension CauseID {
  package static let pmtuBlackholeReverse = CauseID(rawValue: "pmtu-blackhole-reverse")
}

extension Cause {
  static let pmtuBlackholeReverse = Cause(
    id: .pmtuBlackholeReverse, code: "P6",
    alsoCalled: ["MTU", "path MTU", "MSS", "MSS clamping", "black hole"],
    title: "The server's large segments vanish on their way to us",
    mechanism: """
      The same black hole in the other direction: a long EHLO reply, or a certificate chain, \
      fills a segment that does not fit a link, and the server does not learn of it. Our command \
      was acknowledged, so it looks like a server that does not answer.
      """,
    symptoms: """
      Stalled with custody acknowledged_unanswered where the reply would be longer than a \
      segment; short replies arrived. Under TLS: the ClientHello is acknowledged and the \
      handshake stays silent.
      """,
    experiment: """
      --mss 1000, which also advertises a small segment to the server: the reply arrives at once. \
      Waiting does not help. It is the one cheap test that tells this from a dead server.
      """,
    remedies: Remedies(
      kernel: [
        .setting(
          "ip route add <address> via GATEWAY advmss 1300",
          "Advertises smaller segments to this host.")
      ],
      receiver: [
        .setting("net.ipv4.tcp_mtu_probing = 1", "On the server; and let ICMP through to it.")
      ]),
    sources: [
      "RFC 2923 section 2.1"
    ],
    twins: [.resegBoundaryLoss],
    rules: [.reverseBlackHole])
}

extension CauseRule {
  fileprivate static let reverseBlackHole = CauseRule(
    // The reply to a message is a line, and no path is too small for that.
    fits: {
      $0.status == .stalled && $0.group < .message
        && [.acknowledgedUnanswered, .peerSilent, .replyCutShort].contains($0.custody)
    },
    requires: [
      .goes { .segmentSize($0.smallSegment) }, .stays { .cutAt($0.smallSegment - 12) },
      .stays { .patience($0.longPatience) }, .missingIsLarge,
    ],
    best: .confirmed)
}

extension Criterion {
  /// What is lost for its size has that size: in small segments more comes than one of them holds.
  fileprivate static let missingIsLarge = shown(with: { .segmentSize($0.smallSegment) }) {
    evidence, trace in
    let control = evidence.control
    guard evidence.effect(of: .segmentSize(control.smallSegment)) == .gone else { return .idle }
    let missing = trace.ledger.received - control.trace.ledger.received
    return missing > control.smallSegment
      ? .idle
      : .no("only \(count(missing, "byte")) of replies were missing: no packet of them is large")
  }
}
