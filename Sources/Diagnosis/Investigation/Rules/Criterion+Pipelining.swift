import SessionTrace

/// Questions to what left together, and whether replies are to what they seem to be.
extension Criterion {
  /// It is no matter of what left together, as far as that was tried for a cause that needs it.
  static let notPipelining = stays { $0.isPipelined ? .pipeliningOff : nil }.inPassing.onlyAgainst

  /// One command at a time DATA is answered too: a server that hangs at DATA may keep all replies back.
  static let dataIsAnswered = shown(with: { $0.isUnanswered ? .pipeliningOff : nil }) { _, trace in
    if case .timedOut = trace.ending, trace.endingStage == .data {
      return .no("one command at a time, DATA is not answered either")
    }
    return .yes("one command at a time, the whole envelope is answered")
  }.idleUnless(\.isUnanswered)

  /// With that variation the session is served, not refused.
  static func noRefusal(with variation: Variation) -> Criterion {
    shown(with: { $0.isBrokenOff ? variation : nil }) { _, trace in
      guard trace.endsAtRefusal, let refusal = decisiveRefusal(in: trace) else {
        return .yes("\(variation.phrase) the server does not hang up")
      }
      return .no("\(variation.phrase) the server refuses with \(refusal.code)")
    }.idleUnless { $0.isBrokenOff }
  }

  /// There are more replies than commands, or fewer, one command at a time as well.
  static let countIsWrong = Criterion(
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
}

extension Trace {
  fileprivate var hasSurplusReply: Bool {
    replies.contains { !$0.wasDue && $0.code != 421 }
  }
}

extension [Criterion] {
  /// Only where it is shown that the group matters is more asked for it: failures here have many causes.
  static var groupMatters: [Criterion] {
    [
      Criterion.goes(with: .pipeliningOff), .noRefusal(with: .pipeliningOff),
    ]
      + [
        .sizeIsIdle, .stays { .segmentSize($0.smallSegment) },
        .stays { $0.isUnanswered ? .patience($0.longPatience) : nil },
        .stays { $0.isUnderTLS ? .tlsOff : nil },
      ].map { (criterion: Criterion) in criterion.asked(where: .goes(with: .pipeliningOff)) }
  }
}
