/// Which commands and replies of a long session remain: its beginning, its end, and every change between.
///
/// An envelope may have ten thousand recipients who are all answered alike. What a verdict asks of them is
/// whether all, or any, were answered so; that stays as it is, since the first reply with each code remains
/// and so does each place where the stage, or how far commands got, changes.
struct DialogueFold {
  /// Indices of what remains, in order.
  let commands: [Int]
  let replies: [Int]

  /// More than that, and it is folded. What is folded is shorter, and is not folded again.
  static let most = 2_048
  /// So many remain at either end in any case.
  private static let ends = 384
  /// Changes from one code to another that remain.
  private static let changes = 128

  init(_ trace: Trace) {
    let kept = Self.commands(of: trace)
    commands = kept
    replies = Self.replies(of: trace, to: kept)
  }

  private static func commands(of trace: Trace) -> [Int] {
    let all = trace.commands
    guard all.count > most else { return Array(all.indices) }
    return ends(
      of: remaining(
        all.indices, kind: { isAlike(all, $0) },
        code: { all[$0].reply.flatMap { trace.code(ofReplyAt: $0) } }), most: most)
  }

  /// Where even the changes are too many, those in the middle go: the end is what a verdict is about.
  private static func ends(of kept: [Int], most: Int) -> [Int] {
    kept.count > most ? Array(kept.prefix(most / 2) + kept.suffix(most / 2)) : kept
  }

  /// Whether a command is as far as the one before it.
  private static func isAlike(_ all: [CommandRecord], _ index: Int) -> Bool {
    all[index].stage == all[index - 1].stage
      && all[index].isAnswered == all[index - 1].isAnswered
      && (all[index].written == nil) == (all[index - 1].written == nil)
  }

  /// Those that answer the commands, and of those that answer none by themselves (by LMTP, all but the last
  /// for a message) as much as of commands.
  private static func replies(of trace: Trace, to commands: [Int]) -> [Int] {
    let all = trace.replies
    guard all.count > most || commands.count < trace.commands.count else {
      return Array(all.indices)
    }
    var remains = all.map { _ in true }
    for command in trace.commands { command.reply.map { remains[$0] = false } }
    let others = all.indices.filter { remains[$0] }
    let othersLeft = remaining(
      others.indices,
      kind: {
        all[others[$0]].stage == all[others[$0 - 1]].stage && others[$0] == others[$0 - 1] + 1
      },
      code: { all[others[$0]].code })
    for other in others { remains[other] = false }
    for place in othersLeft { remains[others[place]] = true }
    for command in commands { trace.commands[command].reply.map { remains[$0] = true } }
    return ends(of: all.indices.filter { remains[$0] }, most: 2 * most)
  }

  /// What remains of a list: both ends, both sides of each place where the kind changes, and of the first
  /// changes of code, and the first with each code. `kind` says whether one is like the one before it.
  private static func remaining(
    _ indices: Range<Int>, kind isAlike: (Int) -> Bool, code: (Int) -> Int?
  ) -> [Int] {
    var remains = indices.map { $0 < ends || $0 >= indices.count - ends }
    var seen: Set<Int?> = []
    var changes = 0
    var last: Int?
    for index in indices {
      let code = code(index)
      let isFirst = seen.insert(code).inserted
      defer { last = code }
      guard index > 0 else { continue }
      let isChange = code != last && changes < Self.changes
      if isChange { changes += 1 }
      if isFirst || isChange || !isAlike(index) {
        remains[index - 1] = true
        remains[index] = true
      }
    }
    return indices.filter { remains[$0] }
  }
}

extension Trace {
  /// Leaves out what a ``DialogueFold`` does not keep, and counts it.
  mutating func foldDialogue() {
    let fold = DialogueFold(self)
    guard fold.commands.count < commands.count || fold.replies.count < replies.count else { return }
    let earlier = omitted ?? []
    omitted = earlier.filter { ![.commands, .replies, .replyLines, .replyReads].contains($0.list) }
    note(earlier, of: .commands, keeping: fold.commands, outOf: commands.count)
    note(earlier, of: .replies, keeping: fold.replies, outOf: replies.count)
    var places: [Int: Int] = [:]
    for (place, index) in fold.replies.enumerated() { places[index] = place }
    for one in earlier where one.list == .replyLines || one.list == .replyReads {
      guard let record = one.record, let place = places[record] else { continue }
      leaveOut(
        OmissionRecord(list: one.list, record: place, behind: one.behind, number: one.number))
    }
    commands = fold.commands.map { index in
      var command = commands[index]
      command.reply = command.reply.flatMap { places[$0] }
      return command
    }
    replies = fold.replies.map { replies[$0] }
  }

  /// Notes the gaps that `kept` leaves in a list of so many, and those that it had before.
  private mutating func note(
    _ earlier: [OmissionRecord], of list: OmissionRecord.List, keeping kept: [Int],
    outOf count: Int
  ) {
    let before = earlier.filter { $0.list == list }
    for (place, index) in ([-1] + kept).enumerated() {
      let next = place < kept.count ? kept[place] : count
      for gap in (index + 1)..<next {
        let code = list == .replies ? replies[gap].code : nil
        leaveOut(OmissionRecord(list: list, behind: place - 1, code: code, number: 1))
      }
      for one in before where (index..<next).contains(one.behind) {
        leaveOut(
          OmissionRecord(list: list, behind: place - 1, code: one.code, number: max(0, one.number)))
      }
    }
  }
}

extension Trace {
  /// The code of a reply; `nil` where there is none.
  fileprivate func code(ofReplyAt index: Int) -> Int? {
    replies.indices.contains(index) ? replies[index].code : nil
  }
}
