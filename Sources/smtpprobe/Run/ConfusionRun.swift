import LabCheck
import SessionTrace
import Wire

/// Diagnoses the runs of a check on a loop of its own, with progress for a person who waits.
final class ConfusionRun {
  /// What has been diagnosed so far.
  var report: ConfusionReport {
    ConfusionReport(
      version: toolVersion, results: cases.inOrder(runner.results, id: \.id),
      missing: cases.count - runner.results.count, duration: duration)
  }

  private let cases: [CheckCase]
  private let loop: EventLoop
  private let runner: ConfusionRunner
  private let progress: CheckProgress
  private var duration: Microseconds = 0

  init(_ cases: [CheckCase], jobs: Int) throws {
    self.cases = cases
    loop = try EventLoop()
    let progress = CheckProgress(runs: cases.count, word: "wrong")
    self.progress = progress
    runner = ConfusionRunner(cases, loop: loop, jobs: jobs) {
      progress.add(isFailure: $0.outcome.isFailure)
    }
  }

  /// Diagnoses; the signal that ended it early, if one did.
  func play() throws -> Int32? {
    let start = loop.now
    let signal = try loop.play(start: runner.start) { [runner] in runner.isDone }
    runner.abandon()
    duration = loop.now - start
    progress.clear()
    return signal
  }
}
