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

  /// The same place in a trace that has been bounded since: before what has not been told of what is left.
  func folded(in trace: Trace) -> DialogueMark {
    DialogueMark(
      commands: trace.place(of: commands, in: .commands, of: trace.commands.count),
      replies: trace.place(of: replies, in: .replies, of: trace.replies.count),
      violations: trace.place(of: violations, in: .violations, of: trace.violations.count), at: at)
  }

  /// Up to the end of everything.
  func moved(toTheEndOf trace: Trace) -> DialogueMark {
    DialogueMark(
      commands: trace.commands.count, replies: trace.replies.count,
      violations: trace.violations.count, at: at)
  }
}

extension Trace {
  /// Where what stood in that place of a list stands now, or what is left behind it, of so many.
  fileprivate func place(of place: Int, in list: OmissionRecord.List, of left: Int) -> Int {
    var place = place
    let gaps = (omitted ?? []).filter { $0.list == list }.sorted { $0.behind < $1.behind }
    for gap in gaps where place > gap.behind {
      place = max(gap.behind + 1, place - max(0, gap.number))
    }
    return min(left, place)
  }
}
