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
  /// Pieces that are likely to be asked for still.
  private var foreseen = 0
  private(set) var done = 0
  private(set) var failed = 0

  /// Work of which `asked` pieces are known from the start; `span` has the time left told: `in all`.
  package init(of noun: String, failed word: String, asked: Int = 0, timeLeft span: String? = nil) {
    self.noun = noun
    failureWord = word
    self.asked = asked
    self.span = span
  }

  /// More pieces were asked for, and so many are likely to come behind them.
  mutating func expect(_ pieces: Int, foreseen: Int = 0) {
    asked += pieces
    self.foreseen = foreseen
  }

  /// One more is done.
  mutating func add(isFailure: Bool) {
    done += 1
    if isFailure { failed += 1 }
  }

  /// The same in few words, for a line in which something stands behind it.
  func brief(after elapsed: Microseconds) -> String {
    let left = left(after: elapsed).map { ", \($0) s left" } ?? ""
    return "\(done) of \(asked), \(failed) \(failureWord)\(left)"
  }

  /// Seconds; `nil` where none are told.
  private func left(after elapsed: Microseconds) -> Int64? {
    let open = asked + foreseen - done
    guard span != nil, done > 0, open > 0 else { return nil }
    return elapsed * Int64(open) / Int64(done) / 1_000_000 + 1
  }

  /// `12 of 60 sessions so far, 3 not ok, about 8 s left in all`, after so long.
  func text(after elapsed: Microseconds) -> String {
    let counted = "\(done) of \(asked) \(noun), \(failed) \(failureWord)"
    guard let span, let left = left(after: elapsed) else { return counted }
    return counted + ", about \(left) s left \(span)"
  }
}
