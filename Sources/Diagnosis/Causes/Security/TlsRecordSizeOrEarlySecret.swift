import SessionTrace

extension CauseID {
  package static let tlsRecordSizeOrEarlySecret = CauseID(
    rawValue: "tls-record-size-or-early-secret")
}

extension Cause {
  static let tlsRecordSizeOrEarlySecret = Cause(
    id: .tlsRecordSizeOrEarlySecret, code: "H9",
    title: "A peer chokes on full TLS records, or on Finished and EHLO in one segment",
    mechanism: """
      A hypothesis kept for the day it is needed: a TLS stack with a buffer below 16 KiB, or one \
      that loses application data that follows the Finished message in the same segment. No \
      public account of it in SMTP is known.
      """,
    symptoms: "A stall at the first large record of the content, or at the first EHLO under TLS.",
    experiment: """
      Smaller records (a record size limit) or smaller writes pass; EHLO in a segment of its own \
      passes.
      """,
    remedies: Remedies(
      receiver: [
        .advice("Newer software.")
      ]),
    sources: [
      "RFC 8449; no account in SMTP is known"
    ],
    twins: [.clienthelloMultisegment, .tlsBufferingLoss],
    rules: [.recordSize, .behindFinished])
}

extension CauseRule {
  fileprivate static let recordSize = CauseRule(
    fits: {
      $0.isUnderTLS && $0.failsOnMessage && !$0.isUnacknowledged && $0.smallMessage != nil
    },
    requires: [
      .notPipelining,
      .goes(with: .tlsOff), .goes(with: .smallMessage), .stays(with: .plainMessage),
      .stays { .patience($0.longPatience) },
    ],
    confirms: [.goes(with: .recordSize(1_024)), .stays { .segmentSize($0.smallSegment) }],
    best: .confirmed,
    decider: "the server's TLS buffers: what it does with a record of 16 kilobytes")
}

extension CauseRule {
  /// Under TLS 1.2 the server has the last word of the handshake, and nothing can lie behind ours.
  fileprivate static let behindFinished = CauseRule(
    fits: { $0.isUnderTLS && $0.stage == .ehlo && ($0.isUnanswered || $0.isBrokenOff) },
    requires: [
      .goes(with: .finishedAlone), .goes(with: .tls12), .stays { .segmentSize($0.smallSegment) },
      .stays { $0.isUnanswered ? .patience($0.longPatience) : nil },
      .stays { $0.isCut ? .uncut : nil },
    ],
    best: .confirmed)
}
