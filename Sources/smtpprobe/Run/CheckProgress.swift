import LabCheck

/// Counts the runs of a check for a person who waits.
final class CheckProgress {
  private let runs: Int
  private var done = 0
  private var failed = 0
  private let line = ProgressLine()

  init(runs: Int) { self.runs = runs }

  /// Counts one more run.
  func add(_ result: CheckResult) {
    done += 1
    if result.outcome.isFailure { failed += 1 }
    line.show("\(done) of \(runs) runs, \(failed) not as wanted")
  }

  /// Leaves an empty line for what is printed next.
  func clear() { line.show("") }
}
