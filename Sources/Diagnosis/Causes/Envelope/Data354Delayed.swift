import SessionTrace

extension CauseID {
  package static let data354Delayed = CauseID(rawValue: "data-354-delayed")
}

extension Cause {
  static let data354Delayed = Cause(
    id: .data354Delayed, code: "E7",
    title: "Silence after DATA",
    mechanism: """
      Between DATA and 354 the server creates a queue file, calls a milter, or connects to a \
      content filter or backend. Where one of them hangs, everything before has been answered and \
      the 354 does not come. RFC 5321 grants two minutes.
      """,
    symptoms: "Stalled at data, with every RCPT answered.",
    experiment: """
      --pipelining off isolates the command; wait longer. BDAT has no 354 and would show whether \
      the content filter is to blame.
      """,
    remedies: Remedies(
      exim: [
        .setting("command_timeout = 10m", "In the smtp transport.")
      ],
      postfix: [
        .setting("smtp_data_init_timeout = 300s")
      ],
      receiver: [
        .advice("Find the filter or backend that hangs.")
      ]),
    sources: [
      "RFC 5321 section 4.5.3.2.4"
    ],
    twins: [.genericTcpTermination, .rcptCalloutLateReplies, .pipeliningAdvertisedBroken],
    rules: [.lateData])
}

extension CauseRule {
  fileprivate static let lateData = CauseRule(
    fits: { $0.isUnanswered && $0.stage == .data },
    requires: [
      .stays { $0.isPipelined ? .pipeliningOff : nil }, Criterion.nudgeFindsDataLate.inPassing,
    ],
    confirms: [.goes { .patience($0.longPatience) }, .onlyDataIsLate],
    tells: [.nudgeFindsDataLate, .noneInFront],
    best: .confirmed,
    decider: atTheServer)
}

extension Criterion {
  /// A server that is busy with DATA answers nothing behind it.
  fileprivate static let nudgeFindsDataLate = nudged { reading, text in
    switch reading {
    case .silence: .yes(text)
    case .ownReply, .released: .no(text)
    case .releasedSome, .unacknowledged, .ended, .unclear: .idle
    }
  }
}
