import SessionTrace

extension CauseID {
  package static let ctPortReuseChallenge = CauseID(rawValue: "ct-port-reuse-challenge")
}

extension Cause {
  static let ctPortReuseChallenge = Cause(
    id: .ctPortReuseChallenge, code: "P12",
    alsoCalled: ["TIME_WAIT", "challenge ACK"],
    title: "A new connection from a port just used is swallowed",
    mechanism: """
      The server still holds the old connection of the same addresses and ports and answers the \
      SYN with a challenge. The sender's own connection tracking marked the reset that should \
      clear it as invalid and dropped it. The correction of tfo-conntrack-wscale-reset brought \
      this, a later one ended it.
      """,
    symptoms: """
      Unreachable by timeout, only with a source port that was used a moment ago (--local-port, \
      or a pool that is exhausted).
      """,
    experiment: "Another source port connects at once.",
    remedies: Remedies(
      exim: [
        .advice("Do not pin source ports.")
      ],
      kernel: [
        .advice("Linux 6.2, or a stable kernel with commit c410cb974f2b.")
      ]),
    sources: [
      "Linux commit c410cb974f2b; RFC 5961 section 4"
    ],
    twins: [.tcpTimestampsPaws],
    rules: [.usedPort])
}

extension CauseRule {
  /// Never confirmed: a filter on the port that we come from looks the same.
  fileprivate static let usedPort = CauseRule(
    fits: { $0.status == .unreachable && $0.stage == .connect && $0.localPort != nil },
    requires: [.goes(with: .anyPort)],
    decider:
      "a capture: whether an ACK answers our SYN, of a connection that we have forgotten; after"
      + " some minutes the port is free again")
}
