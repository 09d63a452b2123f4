import Reporting
import SessionTrace
import Wire

/// Diagnoses the runs of a check on a loop of its own, with progress for a person who waits.
package final class ConfusionRun {
  /// What has been diagnosed so far.
  package var report: ConfusionReport {
    ConfusionReport(
      version: toolVersion, results: cases.inOrder(runner.results, id: \.id),
      missing: cases.count - runner.results.count, duration: duration)
  }

  private let cases: [CheckCase]
  private let loop: EventLoop
  private let runner: ConfusionRunner
  private let progress: Progress
  private var duration: Microseconds = 0

  /// Diagnoses so many at a time.
  package init(_ cases: [CheckCase], jobs: Int) throws {
    self.cases = cases
    loop = try EventLoop()
    let progress = Progress(
      WorkCount(of: "runs", failed: "wrong", asked: cases.count), loop: loop)
    self.progress = progress
    runner = ConfusionRunner(cases, loop: loop, jobs: jobs) {
      progress.add(isFailure: $0.outcome.isFailure)
    }
  }

  /// Diagnoses; the signal that ended it early, if one did.
  package func play() throws -> Int32? {
    let start = loop.now
    let signal = try loop.play(start: runner.start) { [runner] in runner.isDone }
    runner.abandon()
    duration = loop.now - start
    progress.clear()
    return signal
  }
}
