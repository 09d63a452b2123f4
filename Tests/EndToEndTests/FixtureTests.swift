import Diagnosis
import Lab
import LabCheck
import Reporting
import SessionTrace
import TestSupport
import Testing

/// Each run of each fixture: the binary against the fixture on real sockets.
@Suite("Every fixture")
struct FixtureTests {
  @Test(
    "is told as its file demands, with commands that ask for it again", arguments: try everyRun())
  func isToldAsItsFileDemands(_ row: CheckCase) async throws {
    let outcome = try await Binary.run(
      row.arguments + ["--format", "json"], input: row.fixture.message)
    let report = try #require(
      try? SavedReport(json: Array(outcome.output.utf8)), "no report: \(outcome.errors)")
    let told = Observation(report.verdict, on: report.trace, exit: outcome.status)
    let complaints = row.run.expectation.mismatches(with: told)
    #expect(complaints.isEmpty, "\(complaints.joined(separator: "; ")): \(report.verdict.summary)")
    let doubts = CommandProof(row: row, report: report).complaints
    #expect(doubts.isEmpty, "\(doubts.joined(separator: "; "))")
  }

  @Test("has a control run that must come out ok, and a run that shows its fault")
  func hasAControl() throws {
    for fixture in try FixtureLibrary.embedded().fixtures {
      let isHealthy = fixture.family == "healthy"
      #expect(isHealthy || fixture.runs.contains { !$0.isControl }, "\(fixture.name)")
      #expect(fixture.runs.contains { $0.isControl || isHealthy }, "\(fixture.name)")
      for run in fixture.runs where run.isControl {
        #expect(run.expectation.outcomes.allSatisfy { $0.status == "ok" }, "\(fixture.name)")
      }
    }
  }

  @Test("gives the same verdict when its saved report is read again")
  func givesTheSameVerdictAgain() async throws {
    for name in ["reseg-513", "silent-at-body", "half-reply-at-rcpt", "rst-at-data"] {
      let live = try await Binary.run(["lab:\(name)", "--timeout", "300ms", "--format", "json"])
      let saved = try SavedReport(json: Array(live.output.utf8))
      #expect(verdict(of: saved.trace) == saved.verdict)
    }
  }
}

/// Every run of every fixture.
func everyRun() throws -> [CheckCase] {
  try FixtureLibrary.embedded().fixtures.flatMap { CheckCase.all(of: $0) }
}

extension CheckCase: CustomTestStringConvertible {
  /// Its id.
  public var testDescription: String { id }
}
