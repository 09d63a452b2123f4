import SessionTrace

/// Family G, and what replies by themselves show.
extension Signatures {
  static let closing = [quitIgnored, resetEatsReply, miscounted]

  private static let quitIgnored = Signature(
    id: "quit-ignored",
    fits: { $0.stage == .quit && ($0.status == .stalled || $0.isBrokenOff) },
    requires: [
      .notPipelining,
      .seen("everything before QUIT was answered: nothing of the delivery is in doubt", not: "") {
        $0.stage == .quit
      },
    ])

  private static let resetEatsReply = Signature(
    id: "rst-eats-final-reply",
    fits: { $0.status == .reset && $0.isPipelined && $0.group == .envelope },
    requires: [.goes(with: .pipeliningOff), .refusal(with: .pipeliningOff)],
    confirms: [.hangsUpOnRefusal(with: .pipeliningOff)],
    best: .confirmed)

  private static let miscounted = Signature(
    id: "reply-count-mismatch",
    fits: {
      $0.isOutOfStep || $0.trace.violations.contains { $0.kind == .unsolicitedReply }
    },
    requires: [.countIsWrong],
    decider: "the same one command at a time: a surplus that stays is the server's own")
}

extension Trace {
  /// Whether the server refused and was gone before it could answer QUIT.
  var endsAtRefusal: Bool {
    decisiveRefusal(in: self) != nil && !replies.contains { $0.stage == .quit }
  }

  fileprivate var hasSurplusReply: Bool {
    replies.contains { !$0.wasDue && $0.code != 421 }
  }
}

extension Criterion {
  /// There are more replies than commands, or fewer, one command at a time as well.
  fileprivate static let countIsWrong = Criterion(
    knobs: { $0.control.isPipelined ? [.pipeliningOff] : [] }
  ) { evidence in
    guard evidence.control.isPipelined else {
      return .yes("a reply came that its command cannot have")
    }
    guard let effect = evidence.effect(of: .pipeliningOff),
      let trace = evidence.trace(with: .pipeliningOff)
    else { return .unknown }
    if trace.hasSurplusReply {
      return .yes("one command at a time, a reply comes that answers nothing")
    }
    switch effect {
    case .gone: return .no("one command at a time, every reply has its command")
    case .same, .other: return .yes("one command at a time, a reply is wrong or missing as well")
    case .unclear, .impossible, .observed: return .unknown
    }
  }

  /// The opposite, where replies got out of step.
  static let countIsRight = Criterion(knobs: countIsWrong.knobs) { evidence in
    switch countIsWrong.answer(evidence) {
    case .yes(let text): .no(text)
    case .no(let text): .yes(text)
    case .idle: .idle
    case .unknown: .unknown
    }
  }.idleUnless(\.isOutOfStep)

  /// With that knob the server's refusal can be read.
  fileprivate static func refusal(with knob: Knob) -> Criterion {
    shown(with: { _ in knob }) { _, trace in
      guard let refusal = decisiveRefusal(in: trace) else {
        return .no("\(knob.phrase) nothing is refused")
      }
      return .yes("\(knob.phrase) the server's \(refusal.code) can be read")
    }
  }

  /// With that knob the server refuses, and hangs up without hearing our QUIT.
  fileprivate static func hangsUpOnRefusal(with knob: Knob) -> Criterion {
    shown(with: { _ in knob }) { _, trace in
      trace.endsAtRefusal
        ? .yes("\(knob.phrase) the server hangs up behind its refusal")
        : .no("\(knob.phrase) the server refuses and stays")
    }
  }
}
