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
    twins: [.zeroWindowTarpit])
}
