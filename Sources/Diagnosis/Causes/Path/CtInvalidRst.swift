import SessionTrace

extension CauseID {
  package static let ctInvalidRst = CauseID(rawValue: "ct-invalid-rst")
}

extension Cause {
  static let ctInvalidRst = Cause(
    id: .ctInvalidRst, code: "P21",
    title: "A packet called invalid is not translated back, and a stranger resets it",
    mechanism: """
      Where addresses are translated (Kubernetes, Docker, NAT), a packet outside the window \
      that the tracker expects is not translated back. It reaches the other end from a \
      stranger, which resets it; or it is dropped and the transfer stalls.
      """,
    symptoms: """
      A reset or a stall in long messages, now and then; nf_conntrack counts invalid packets.
      """,
    experiment: """
      Little in flight (--split 1000 --split-delay ack, or less) passes.
      """,
    remedies: Remedies(
      kernel: [
        .setting(
          "sysctl -w net.netfilter.nf_conntrack_tcp_be_liberal=1", "On the host that translates.")
      ]),
    sources: [
      "kubernetes issues 74839 and 117924",
      "kubernetes.io blog, 2019-03-29",
    ],
    twins: [.tfoConntrackWscaleReset, .wscaleIgnoredByRouter],
    rules: [.outsideTheWindow])
}

extension CauseRule {
  /// The reset alone: a stall of this kind is told by what the device takes the window for.
  fileprivate static let outsideTheWindow = CauseRule(
    fits: {
      $0.failsOnMessage && $0.status == .reset && $0.refusal == nil && !$0.usesFastOpen
        && $0.isLongInFlight
    },
    requires: [
      .goes { .stopAndWait($0.rawWindow) }, .stays { .segmentSize($0.smallSegment) },
      .stays { $0.sendsMessage ? .plainMessage : nil },
    ],
    decider: "what every host counts that translates addresses or tracks connections on the way:"
      + " conntrack -S, invalid")
}

extension Control {
  /// Whether several segments of the message were under way at a time.
  fileprivate var isLongInFlight: Bool {
    (trace.content?.taken ?? 0) > 2 * segmentSize && !isCut
  }
}
