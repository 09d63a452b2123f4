import SessionTrace

/// Family G, and what replies by themselves show.
extension Signatures {
  static let closing = [quitIgnored, resetEatsReply, miscounted]

  private static let quitIgnored = Signature(
    id: "quit-ignored",
    fits: { $0.stage == .quit && ($0.status == .stalled || $0.isBrokenOff) },
    requires: [.notPipelining, .seen("QUIT got no 221", not: "") { $0.stage == .quit }],
    confirms: [.deliveryIsSettled])

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

extension Violation.Kind {
  /// Whether replies may be to other commands than they seem to.
  fileprivate var leavesRepliesUncertain: Bool {
    self == .unsolicitedReply || self == .unexpectedCode
  }
}

extension Criterion {
  /// Every reply came after what it answers had left, the one to the end of the data too.
  fileprivate static let deliveryIsSettled = Criterion(variations: { _ in [] }) { evidence in
    let trace = evidence.control.trace
    let before = trace.commands.filter { $0.stage < .quit }
    guard before.allSatisfy({ $0.isAnswered || $0.reply != nil }),
      !trace.violations.contains(where: { $0.kind.leavesRepliesUncertain }),
      trace.replies.allSatisfy({ $0.wasDue || $0.stage >= .quit })
    else {
      return .no("which reply answers what is not certain, so that the delivery is in doubt")
    }
    let isEarly = before.contains { command in
      guard command.stage > .banner, let number = command.reply,
        trace.replies.indices.contains(number)
      else { return false }
      return command.written.map { trace.replies[number].at < $0 } ?? true
    }
    if isEarly {
      return .no("a reply came before all that it answers had left: the delivery is in doubt")
    }
    guard let content = trace.content else {
      return .yes("every command before QUIT was answered, and no message was sent")
    }
    guard content.isComplete, trace.ledger.acknowledged >= content.endOfData ?? .max else {
      return .no("not all of the message was acknowledged: the delivery is in doubt")
    }
    return .yes(
      "all before QUIT was answered when it had left: nothing of the delivery is in doubt")
  }

  /// There are more replies than commands, or fewer, one command at a time as well.
  fileprivate static let countIsWrong = Criterion(
    variations: { $0.control.isPipelined ? [.pipeliningOff] : [] }
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
  static let countIsRight = countIsWrong.reversed.idleUnless(\.isOutOfStep)

  /// With that variation the server's refusal can be read.
  fileprivate static func refusal(with variation: Variation) -> Criterion {
    shown(with: { _ in variation }) { _, trace in
      guard let refusal = decisiveRefusal(in: trace) else {
        return .no("\(variation.phrase) nothing is refused")
      }
      return .yes("\(variation.phrase) the server's \(refusal.code) can be read")
    }
  }

  /// With that variation the server refuses, and hangs up without hearing our QUIT.
  fileprivate static func hangsUpOnRefusal(with variation: Variation) -> Criterion {
    shown(with: { _ in variation }) { _, trace in
      trace.endsAtRefusal
        ? .yes("\(variation.phrase) the server hangs up behind its refusal")
        : .no("\(variation.phrase) the server refuses and stays")
    }
  }
}
