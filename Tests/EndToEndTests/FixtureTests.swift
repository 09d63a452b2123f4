import Diagnosis
import Lab
import Reporting
import SessionTrace
import TestSupport
import Testing

/// Each run of each fixture: the binary against the fixture on real sockets.
@Suite("Every fixture")
struct FixtureTests {
  @Test("is told as its file demands", arguments: try FixtureRow.all())
  func isToldAsItsFileDemands(_ row: FixtureRow) async throws {
    let outcome = try await Binary.run(row.arguments, input: row.fixture.message)
    let report = try #require(
      try? SavedReport(json: Array(outcome.output.utf8)), "no report: \(outcome.errors)")
    let told = Observation(report, hazards: hazards(of: report.trace), exit: outcome.status)
    let complaints = row.run.expectation.mismatches(with: told)
    #expect(complaints.isEmpty, "\(complaints.joined(separator: "; ")): \(report.verdict.summary)")
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

/// One run of one fixture, under the name `lab check` would list it by.
struct FixtureRow: Sendable, CustomTestStringConvertible {
  let fixture: Fixture
  let run: FixtureRun

  var testDescription: String { "\(fixture.name)/\(run.name)" }

  /// The command line, as a user would type it.
  var arguments: [String] {
    ["lab:\(fixture.name)"] + (run.faultsEnabled ? [] : ["--no-fault"]) + run.options
      + ["--format", "json"]
  }

  static func all() throws -> [FixtureRow] {
    try FixtureLibrary.embedded().fixtures.flatMap { fixture in
      fixture.runs.map { FixtureRow(fixture: fixture, run: $0) }
    }
  }
}

extension Observation {
  /// What the report says, in the lab's terms.
  init(_ report: SavedReport, hazards: [Hazard], exit: Int) {
    let verdict = report.verdict
    self.init(
      status: verdict.status.rawValue, stage: verdict.stage, custody: verdict.custody?.rawValue,
      pendingCommands: verdict.pending.commands, pendingAnswered: verdict.pending.answered,
      firstUnanswered: verdict.pending.firstUnanswered, ledger: verdict.ledger, exitCode: exit,
      violations: report.trace.violations.map(\.kind), hazards: hazards.map(\.id))
  }
}
