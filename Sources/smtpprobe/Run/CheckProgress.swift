/// Counts the runs of a check for a person who waits.
final class CheckProgress {
  private let runs: Int
  private var done = 0
  private var failed = 0
  /// What a run that fails the check is called: `not as wanted`.
  private let word: String
  private let line = ProgressLine()

  init(runs: Int, word: String) {
    self.runs = runs
    self.word = word
  }

  /// Counts one more run.
  func add(isFailure: Bool) {
    done += 1
    if isFailure { failed += 1 }
    line.show("\(done) of \(runs) runs, \(failed) \(word)")
  }

  /// Leaves an empty line for what is printed next.
  func clear() { line.show("") }
}
