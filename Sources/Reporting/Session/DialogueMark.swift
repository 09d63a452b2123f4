import SessionTrace

/// How much of a dialogue has been told.
struct DialogueMark: Sendable, Equatable {
  var commands = 0
  var replies = 0
  var violations = 0
  /// When the last of that happened.
  var at: Microseconds = 0

  /// Up to what has happened by now: a command that has not left yet is for later.
  func moved(in trace: Trace) -> DialogueMark {
    var mark = moved(toTheEndOf: trace)
    mark.commands =
      trace.commands.indices.dropFirst(commands).first { trace.commands[$0].written == nil }
      ?? trace.commands.count
    return mark
  }

  /// The same place in a trace that has been bounded since, where fewer are left than were told; some may be told
  /// twice then, and none is passed over.
  func folded(in trace: Trace) -> DialogueMark {
    func place(_ told: Int, _ left: Int, _ list: OmissionRecord.List) -> Int {
      told <= left ? told : min(left, max(0, told - trace.leftOut(list)))
    }
    return DialogueMark(
      commands: place(commands, trace.commands.count, .commands),
      replies: place(replies, trace.replies.count, .replies),
      violations: place(violations, trace.violations.count, .violations), at: at)
  }

  /// Up to the end of everything.
  func moved(toTheEndOf trace: Trace) -> DialogueMark {
    DialogueMark(
      commands: trace.commands.count, replies: trace.replies.count,
      violations: trace.violations.count, at: at)
  }
}
