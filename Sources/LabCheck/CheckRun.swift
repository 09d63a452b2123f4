import Reporting
import SessionTrace
import Wire

/// Plays a check to its end on a loop of its own, with progress for a person who waits.
package final class CheckRun {
  /// What has been played so far.
  package var report: CheckReport {
    CheckReport(
      version: toolVersion, results: cases.inOrder(runner.results, id: \.id),
      missing: cases.count - runner.results.count, duration: duration)
  }

  private let cases: [CheckCase]
  private let loop: EventLoop
  private let runner: CheckRunner
  private let progress: Progress
  private var duration: Microseconds = 0

  /// `prepare` reads the words of each run, before the first is played.
  package init(
    _ cases: [CheckCase], jobs: Int, knownFailures: KnownFailures,
    prepare: (CheckCase) throws(UnplayableRun) -> PreparedRun
  ) throws {
    self.cases = cases
    loop = try EventLoop(forgivesStalls: true)
    let progress = Progress(
      WorkCount(of: "runs", failed: "not as wanted", asked: cases.count), loop: loop)
    self.progress = progress
    runner = CheckRunner(
      cases, loop: loop, jobs: jobs, knownFailures: knownFailures,
      prepare: prepare,
      onResult: { progress.add(isFailure: $0.outcome.isFailure) })
  }

  /// Plays; the signal that ended it early, if one did.
  package func play() throws -> Int32? {
    let start = loop.realNow
    let signal = try loop.play(start: runner.start) { [runner] in runner.isDone }
    runner.abandon()
    duration = loop.realNow - start
    progress.clear()
    return signal
  }
}
