import Reporting
import Wire

/// Plays a check to its end.
package final class CheckRun {
  /// What has been played so far.
  package var report: CheckReport {
    CheckReport(
      version: toolVersion, results: cases.inOrder(playing.runner.results, id: \.id),
      missing: cases.count - playing.runner.results.count, duration: playing.duration)
  }

  private let cases: [CheckCase]
  private let playing: CasePlay<CheckRunner>

  /// `prepare` reads the words of each run, before the first is played.
  package init(
    _ cases: [CheckCase], jobs: Int, knownFailures: KnownFailures,
    prepare: (CheckCase) throws(UnplayableRun) -> PreparedRun
  ) throws {
    self.cases = cases
    playing = CasePlay(
      cases.count, failed: "not as wanted", loop: try EventLoop(forgivesStalls: true)
    ) { loop, tell in
      CheckRunner(
        cases, loop: loop, jobs: jobs, knownFailures: knownFailures, prepare: prepare,
        onResult: { tell($0.outcome.isFailure) })
    }
  }

  /// Plays; the signal that ended it early, if one did.
  package func play() throws -> Int32? { try playing.play() }
}
