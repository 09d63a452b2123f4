import LabCheck
import Wire

/// One line on standard error that counts; nothing at all unless a person looks at it.
final class CheckProgress {
  private let runs: Int
  private var done = 0
  private var failed = 0
  private let isShown = TextStream.standardError.isTerminal

  init(runs: Int) { self.runs = runs }

  /// Counts one more run.
  func add(_ result: CheckResult) {
    done += 1
    if result.outcome.isFailure { failed += 1 }
    show("\(done) of \(runs) runs, \(failed) not as wanted")
  }

  /// Leaves an empty line for what is printed next.
  func clear() { show("") }

  private func show(_ text: String) {
    // Blanks and not an escape sequence: every terminal knows them.
    let line = text + String(repeating: " ", count: max(0, 50 - text.utf8.count))
    if isShown { _ = TextStream.standardError.write(Array("\r\(line)\r\(text)".utf8)) }
  }
}
