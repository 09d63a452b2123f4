import SessionTrace

extension CauseID {
  package static let zeroWindowTarpit = CauseID(rawValue: "zero-window-tarpit")
}

extension Cause {
  static let zeroWindowTarpit = Cause(
    id: .zeroWindowTarpit, code: "P14",
    alsoCalled: ["tarpit", "LaBrea", "zero window"],
    title: "The peer takes the connection and shuts its window",
    mechanism: """
      A tarpit in the packet filter (iptables TARPIT, LaBrea) completes the handshake, then \
      announces a window of zero and ignores everything for minutes, to tie up the client. An \
      overloaded server that has stopped reading looks alike, but has greeted before.
      """,
    symptoms: """
      Custody window_closed: a window of 0, probes with growing intervals, everything unsent. \
      From a tarpit no greeting ever comes.
      """,
    experiment: """
      Another source address, or another exchanger. A server that greeted and then stopped reads \
      too slowly.
      """,
    remedies: Remedies(
      receiver: [
        .advice(
          "Take the client off the list; or more capacity behind the window (disk, milters).")
      ]),
    sources: [
      "iptables TARPIT target; LaBrea",
      "RFC 9293 section 3.8.6.1",
    ],
    twins: [.wscaleStrippedFromSynack],
    rules: [.zeroWindow])
}

extension CauseRule {
  fileprivate static let zeroWindow = CauseRule(
    fits: { $0.status == .stalled && $0.custody == .windowClosed && $0.facts?.peerWindow == 0 },
    requires: [
      .stays { .segmentSize($0.smallSegment) }, .stays { $0.isCut ? .uncut : nil },
    ],
    decider: "another source address: a tarpit holds one sender, a server that is overloaded all")
}
