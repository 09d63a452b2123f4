import SessionTrace

/// How much of some work is done, in words.
package struct WorkCount: Sendable, Equatable {
  /// What is counted: `runs`, `sessions so far`.
  private let noun: String
  /// What a piece that went wrong is called: `not ok`.
  private let failureWord: String
  /// What the time left is the time left of; `nil` where none is told.
  private let span: String?

  private(set) var asked: Int
  private(set) var done = 0
  private(set) var failed = 0

  /// Work of which `asked` pieces are known from the start; `span` has the time left told: `in this round`.
  package init(of noun: String, failed word: String, asked: Int = 0, timeLeft span: String? = nil) {
    self.noun = noun
    failureWord = word
    self.asked = asked
    self.span = span
  }

  /// More pieces were asked for.
  mutating func expect(_ pieces: Int) { asked += pieces }

  /// One more is done.
  mutating func add(isFailure: Bool) {
    done += 1
    if isFailure { failed += 1 }
  }

  /// `12 of 60 sessions so far, 3 not ok, about 8 s left in this round`, after so long.
  func text(after elapsed: Microseconds) -> String {
    let counted = "\(done) of \(asked) \(noun), \(failed) \(failureWord)"
    guard let span, done > 0, asked > done else { return counted }
    let left = elapsed * Int64(asked - done) / Int64(done)
    return counted + ", about \(left / 1_000_000 + 1) s left \(span)"
  }
}
