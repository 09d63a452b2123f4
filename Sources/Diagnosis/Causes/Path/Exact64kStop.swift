import SessionTrace

extension CauseID {
  package static let exact64kStop = CauseID(rawValue: "exact-64k-stop")
}

extension Cause {
  static let exact64kStop = Cause(
    id: .exact64kStop, code: "P24",
    title: "Messages stop at 65,536 bytes exactly, whatever the segment size",
    mechanism: """
      Seen at one receiver since April 2024 for messages of one provider, by BDAT and DATA \
      alike; no reason is public. It fits a tracker or a window at the receiver's edge.
      """,
    symptoms: """
      The offset of the stop is a power of two, and the same at every MSS.
      """,
    experiment: """
      --mss 536 stops at the same offset. With little in flight it may pass. Messages around the \
      power of two (sweep --message-size) show whether it is the message's size that counts.
      """,
    remedies: Remedies(
      receiver: [
        .advice(
          """
          Look at trackers and packet filters in front of the server.
          """)
      ]),
    sources: [
      "docker-mailserver issue 3985"
    ],
    twins: [.ctInvalidRst],
    rules: [.powerOfTwo])
}

extension CauseRule {
  /// Where the stop itself can be seen; a limit of the message's size is measured.
  fileprivate static let powerOfTwo = CauseRule(
    fits: { $0.failsOnMessage && $0.status == .stalled && $0.stopsAtPowerOfTwo },
    requires: [
      .shown(with: { .segmentSize($0.smallSegment) }) { evidence, trace in
        let here = evidence.control.trace.contentAcknowledged ?? 0
        let there = trace.contentAcknowledged ?? 0
        return here == there
          ? .yes("\(here) bytes of the message arrive, in small segments as well: a power of two")
          : .no("in small segments \(there) bytes of the message arrive, and not \(here)")
      }
    ],
    decider:
      "a capture on both sides of what stands in front of the server: whether the bytes behind the"
      + " stop come to it")
}

extension Control {
  /// Whether so many bytes of the message were acknowledged, and the window is open for more.
  fileprivate var stopsAtPowerOfTwo: Bool {
    guard custody != .windowClosed, !isUnderTLS, let bytes = trace.contentAcknowledged else {
      return false
    }
    return bytes >= 4_096 && bytes & (bytes - 1) == 0
  }
}

extension Trace {
  /// Bytes of the message, behind DATA, that were acknowledged; `nil` before DATA.
  fileprivate var contentAcknowledged: Int? {
    commands.last { $0.stage == .data }.map { ledger.acknowledged - $0.end }
  }
}
