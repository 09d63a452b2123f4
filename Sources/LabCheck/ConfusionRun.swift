import Reporting
import Wire

/// Diagnoses the runs of a check.
package final class ConfusionRun {
  /// What has been diagnosed so far.
  package var report: ConfusionReport {
    ConfusionReport(
      version: toolVersion, results: cases.inOrder(playing.runner.results, id: \.id),
      missing: cases.count - playing.runner.results.count, duration: playing.duration)
  }

  private let cases: [CheckCase]
  private let playing: CasePlay<ConfusionRunner>

  /// Diagnoses so many at a time.
  package init(_ cases: [CheckCase], jobs: Int) throws {
    self.cases = cases
    playing = CasePlay(cases.count, failed: "wrong", loop: try EventLoop()) { loop, tell in
      ConfusionRunner(cases, loop: loop, jobs: jobs) { tell($0.outcome.isFailure) }
    }
  }

  /// Diagnoses; the signal that ended it early, if one did.
  package func play() throws -> Int32? { try playing.play() }
}
