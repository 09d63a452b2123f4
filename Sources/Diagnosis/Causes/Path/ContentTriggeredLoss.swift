import SessionOptions

extension CauseID {
  package static let contentTriggeredLoss = CauseID(rawValue: "content-triggered-loss")
}

extension Cause {
  static let contentTriggeredLoss = Cause(
    id: .contentTriggeredLoss, code: "P13",
    title: "A certain pattern of bytes never gets through",
    mechanism: """
      A faulty line or an inspecting device drops every packet with a certain content; the story \
      tells of an ISDN line that lost more than four X in a row. Retransmission does not help, \
      since the bytes are the same.
      """,
    symptoms: """
      Custody unacknowledged, always at the same place of the same message, whatever the segment \
      size.
      """,
    experiment: """
      Other segment sizes (--mss, --split): the place in the message stays. The same message in \
      base64 passes. Halving the message finds the pattern.
      """,
    remedies: Remedies(
      receiver: [
        .advice("Mend the line, or the rule of the device. Until then encode the body.")
      ]),
    sources: [
      "Exim FAQ Q0014, item 3"
    ],
    twins: [.tfoConntrackWscaleReset, .pmtuBlackholeForward],
    rules: [.contentLoss])
}

extension CauseRule {
  fileprivate static let contentLoss = CauseRule(
    fits: { ($0.isUnacknowledged) && $0.sendsMessage && $0.group == .message },
    requires: [
      .goes(with: .plainMessage), .stays { .segmentSize($0.smallSegment) },
      .stays { $0.mends(.zeros) }, .stays { $0.mends(.eightBit) }, .stays { $0.mends(.longLines) },
      .stays { $0.mends(.lineEnds) },
    ],
    best: .confirmed)
}
