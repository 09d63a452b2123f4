import SessionTrace

extension CauseID {
  package static let wscaleStrippedFromSynack = CauseID(rawValue: "wscale-stripped-from-synack")
}

extension Cause {
  static let wscaleStrippedFromSynack = Cause(
    id: .wscaleStrippedFromSynack, code: "P8",
    title: "Window scaling is removed in one direction only",
    mechanism: """
      A device deletes the window scale option from one of the two handshake packets. One side \
      then scales and the other does not: a window of 65,536 announced with a scale of 10 reads \
      as 64 bytes.
      """,
    symptoms: """
      A tiny peer window and a crawl of a few hundred bytes a second; the negotiated options lack \
      window scaling.
      """,
    experiment: """
      None is needed beside the numbers; without scaling on the sender's host it goes away.
      """,
    remedies: Remedies(
      postfix: [
        .setting("tcp_windowsize = 65535")
      ],
      kernel: [
        .setting(
          "ip route add <address> via GATEWAY window 65535",
          "Or net.ipv4.tcp_window_scaling = 0.")
      ],
      receiver: [
        .advice("Stop the device from rewriting TCP options.")
      ]),
    sources: [
      "RFC 7323 section 2.2",
      "serverscout.ie, TCP window scaling mismatches",
    ],
    twins: [.wscaleIgnoredByRouter],
    rules: [.strippedWindow])
}

extension CauseRule {
  fileprivate static let strippedWindow = CauseRule(
    fits: {
      $0.status == .stalled && $0.group >= .envelope
        && $0.facts?.options?.contains("wscale") == false
        && $0.facts?.peerWindow.map { $0 < 4_096 } == true
    },
    requires: [.stays { .segmentSize($0.smallSegment) }],
    decider: "a capture at the server: whether its SYN-ACK had the window scale option")
}
