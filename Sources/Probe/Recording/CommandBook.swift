import SessionTrace

/// Which of a trace's commands have left and which are answered, known without going through all of
/// them each time: an envelope may have thousands.
struct CommandBook {
  /// For each command the dialogue counts, its place in the trace: TLS flights stand between them.
  private var ofDialogue: [Int] = []
  /// First command that may still lack its written time, and first that may lack its answer.
  private var firstUnwritten = 0
  private var firstUnanswered = 0
  /// Of the commands that the dialogue counts, how many have gone to the kernel whole.
  private(set) var handedOver = 0
  /// TLS flights that nobody owed an answer when the handshake was done: our own last word in it.
  private var unowed: Set<Int> = []
  /// Commands of each stage without an answer, by the stage's position.
  private var unanswered = [Int](repeating: 0, count: Stage.allCases.count)

  /// The next command of the dialogue stands at `index`, and waits for an answer at `stage`.
  mutating func opened(at index: Int, _ stage: Stage) {
    ofDialogue.append(index)
    unanswered[stage.position] += 1
  }

  /// Where the command stands that the dialogue counts as `ordinal`.
  func index(of ordinal: Int) -> Int? {
    ofDialogue.indices.contains(ordinal) ? ofDialogue[ordinal] : nil
  }

  /// The next command that is whole among the first `written` bytes; it counts as handed over.
  mutating func takeWritten(_ commands: [CommandRecord], within written: Int) -> Int? {
    guard firstUnwritten < commands.count else { return nil }
    let command = commands[firstUnwritten]
    // What has not been prepared to its end has no length yet.
    guard command.end <= written, command.end > command.start else { return nil }
    defer { firstUnwritten += 1 }
    if handedOver < ofDialogue.count, ofDialogue[handedOver] <= firstUnwritten { handedOver += 1 }
    return firstUnwritten
  }

  /// A command of that stage has its answer.
  mutating func answered(_ stage: Stage) { unanswered[stage.position] -= 1 }

  /// Whether no command of `stage` is without an answer.
  func isSettled(_ stage: Stage) -> Bool { unanswered[stage.position] == 0 }

  /// Nobody owes the TLS flight there an answer.
  mutating func owesNothing(to index: Int) { unowed.insert(index) }

  /// Up to where our stream was answered, of what is `acknowledged`: a reply to bytes that nobody has
  /// acknowledged yet is no answer to them.
  mutating func answeredEnd(_ commands: [CommandRecord], acknowledged: Int) -> Int {
    while firstUnanswered < commands.count, commands[firstUnanswered].isAnswered {
      firstUnanswered += 1
    }
    let last = commands[..<firstUnanswered].indices.last {
      commands[$0].end <= acknowledged && !unowed.contains($0)
    }
    return last.map { commands[$0].end } ?? 0
  }
}
