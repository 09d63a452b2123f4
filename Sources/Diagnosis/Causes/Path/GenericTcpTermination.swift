extension CauseID {
  package static let genericTcpTermination = CauseID(rawValue: "generic-tcp-termination")
}

extension Cause {
  static let genericTcpTermination = Cause(
    id: .genericTcpTermination, code: "P16",
    alsoCalled: ["TCP proxy", "transparent proxy", "WAN optimizer", "man in the middle"],
    title: "Something other than the server acknowledges our bytes",
    mechanism: """
      A proxy, load balancer, scrubber or firewall ends the TCP connection and opens another one \
      behind it. That is no failure: it is what explains a lost boundary, a swallowed dot, a mask \
      or a scan. An acknowledgement shows that a TCP stack has the bytes; whose stack it is it \
      does not show.
      """,
    symptoms: """
      TCP's round trip is much shorter than the quickest reply. With a silent server behind it: \
      everything acknowledged, nothing answered, whatever is varied.
      """,
    experiment: """
      A segment sent with a small TTL (--hops) that is acknowledged was taken by a stack no \
      further away than that; compare the hops with the path's length. If none answers nearer, it \
      may stand right before the server.
      """,
    remedies: Remedies(
      receiver: [
        .advice("Find out who owns the device, and what it does to port 25.")
      ]),
    sources: [
      "seed 001 (the acknowledgements came from the firewall)"
    ],
    twins: [.resegBoundaryLoss, .eodSplitMailguard, .replyCountMismatch],
    isLastResort: true,
    rules: [.termination])
}

extension CauseRule {
  fileprivate static let termination = CauseRule(
    fits: { $0.isUnanswered && [.hello, .envelope, .message].contains($0.group) },
    // It explains other causes as well: what cures one of them does not speak against it. Where one
    // of them stands, it is not looked for on its own account.
    requires: [
      Criterion.noCureHelps.neverAgainst, Criterion.somethingInFront.neverAgainst.inPassing,
      Criterion.bytesAreHeld.inPassing.onlyAgainst.idle(where: .somethingInFront), .notByTime,
    ],
    tells: [
      Criterion.somethingInFront.asked(where: .noCureHelps),
      Criterion.bytesAreHeld.asked(where: .noCureHelps),
    ],
    decider:
      "a capture at the server, by who runs its network, while a session hangs: bytes that we have"
      + " acknowledged and that never come there were taken by something in front, and what does come"
      + " there is lost by the server itself")
}

extension Criterion {
  /// A device that acknowledges goes on doing so, and may pass on what comes later.
  fileprivate static let bytesAreHeld = Criterion.nudged { reading, text in
    switch reading {
    case .ownReply, .releasedSome: .yes(text)
    case .unacknowledged, .ended: .no(text)
    case .released, .silence, .unclear: .idle
    }
  }
}
