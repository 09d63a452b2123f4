import SessionTrace

extension CauseID {
  package static let smallSegmentsZeroWindow = CauseID(rawValue: "small-segments-zero-window")
}

extension Cause {
  static let smallSegmentsZeroWindow = Cause(
    id: .smallSegmentsZeroWindow, code: "P19",
    title: "Many small segments use the receiver's memory up, and its window shuts early",
    mechanism: """
      Linux counts the buffer of a segment, and not its bytes. Newer kernels refuse data or \
      announce a window of zero much earlier when segments are small and the reader is slow.
      """,
    symptoms: """
      The window shuts long before as many bytes are under way as it announced, and only with \
      small segments.
      """,
    experiment: """
      The same message in large segments, and by --split 1 or by lines.
      """,
    remedies: Remedies(
      kernel: [
        .advice(
          """
          On the receiver a larger net.ipv4.tcp_rmem, or a later kernel; on the sender larger \
          writes.
          """)
      ]),
    sources: [
      "Linux commits 8c670bdfa58e and 1d2fbaad7cd8",
      "netdev, February 2026, window retraction",
    ],
    twins: [.zeroWindowTarpit],
    rules: [.earlyShutWindow])
}

extension CauseRule {
  fileprivate static let earlyShutWindow = CauseRule(
    fits: {
      $0.failsOnMessage && $0.status == .stalled && $0.custody == .windowClosed
        && $0.facts?.peerWindow == 0 && $0.meanSegment < 256 && $0.largerSegments != nil
    },
    requires: [.goes { $0.largerSegments }],
    confirms: [.shutBeforeFull],
    best: .confirmed,
    decider: "the receiver's kernel and net.ipv4.tcp_rmem; nstat there counts what it refused"
      + " (TcpExtRcvPruned, TcpExtTCPRcvQDrop)")
}

extension Criterion {
  /// A receiver that counts bytes would have had room: what it announced was never filled.
  fileprivate static let shutBeforeFull = Criterion(variations: { _ in [] }) { evidence in
    let control = evidence.control
    let (sent, window) = (control.trace.ledger.sent, control.greatestWindow)
    let pieces = "in segments of \(count(control.meanSegment, "byte")) on the average"
    return sent < window
      ? .yes("the window shut behind \(sent) bytes \(pieces), fewer than the \(window) announced")
      : .no("\(sent) bytes had left when the window shut, as many as the \(window) announced")
  }
}

extension Control {
  /// Bytes of ours in a segment, as the kernel counted both.
  fileprivate var meanSegment: Int {
    guard let segments = facts?.dataSegmentsOut, segments > 20 else { return .max }
    return trace.ledger.sent / segments
  }

  /// The most that the peer ever said it has room for.
  fileprivate var greatestWindow: Int {
    trace.snapshots.compactMap(\.facts.peerWindow).max() ?? 0
  }

  /// What made the segments small, left out; `nil` where nothing asked for that.
  fileprivate var largerSegments: Variation? {
    guard case .number(let most)? = trace.option("mss") else { return isCut ? .uncut : nil }
    // Neither alone makes them larger where both make them small.
    if isCut { return most < Self.ordinarySegment ? nil : .uncut }
    return .segmentSize(Self.ordinarySegment)
  }

  /// What nearly every path carries.
  private static var ordinarySegment: Int { 1_400 }
}
