package import Diagnosis
package import SessionTrace

/// What came of the sessions of a suite, in the order of its lines.
package struct SuiteReport: Sendable, Equatable {
  package var tool: ToolRecord
  /// RFC 3339, of the first session that ended; `nil` when none did.
  package var startedAt: String?
  package var duration: Microseconds
  package var arguments: [String]
  /// The file, as typed; `standard input`.
  package var suite: String
  package var results: [SuiteResult]
  /// Cases that were not played, because a signal came first.
  package var missing: Int
  /// What was kept out of all of this.
  package var redaction = RedactionRecord()

  package init(
    tool: ToolRecord, startedAt: String?, duration: Microseconds, arguments: [String],
    suite: String, results: [SuiteResult], missing: Int
  ) {
    self.tool = tool
    self.startedAt = startedAt
    self.duration = duration
    self.arguments = arguments
    self.suite = suite
    self.results = results
    self.missing = missing
  }

  /// What the process ends with: the highest of the cases; an inconclusive one where some were not played.
  package var exitCode: Int { max(results.map(\.exitCode).max() ?? 0, missing > 0 ? 2 : 0) }

  package var isAsExpected: Bool { exitCode == 0 }
}

/// A session of a suite, and whether it came to what was expected.
package struct SuiteResult: Sendable, Equatable {
  package var name: String
  /// The line of the file, from 1.
  package var line: Int
  package var target: TargetRecord
  /// `stalled@mail`; `nil` where nobody said, which means that it is to go well.
  package var expected: String?
  /// How the session ended; `nil` where it could not be had.
  package var verdict: SuiteVerdict?
  /// What stood against it, or what happened, in a sentence.
  package var summary: String
  package var duration: Microseconds
  /// What this case alone would end a process with.
  package var exitCode: Int
  /// The words that run it alone.
  package var arguments: [String]

  /// A session that ended.
  package init(
    name: String, line: Int, report: SessionReport, arguments: [String]
  ) {
    let verdict = report.verdict
    self.init(
      name: name, line: line, target: report.trace.target,
      expected: report.expectation?.description, summary: verdict.summary,
      duration: report.trace.duration, exitCode: report.exitCode, arguments: arguments)
    self.verdict = SuiteVerdict(
      status: verdict.status, stage: verdict.stage, custody: verdict.custody,
      ledger: verdict.ledger)
  }

  /// One that could not be had, and why.
  package init(
    name: String, line: Int, target: TargetRecord, expected: String?, trouble: String,
    arguments: [String]
  ) {
    self.init(
      name: name, line: line, target: target, expected: expected, summary: trouble, duration: 0,
      exitCode: 2, arguments: arguments)
  }

  private init(
    name: String, line: Int, target: TargetRecord, expected: String?, summary: String,
    duration: Microseconds, exitCode: Int, arguments: [String]
  ) {
    self.name = name
    self.line = line
    self.target = target
    self.expected = expected
    self.summary = summary
    self.duration = duration
    self.exitCode = exitCode
    self.arguments = arguments
  }

  /// `stalled@mail`; what was not had has none.
  var told: String? { verdict.map { outcomeText($0.status, at: $0.stage) } }
}

/// Of a verdict what a suite keeps.
package struct SuiteVerdict: Codable, Sendable, Equatable {
  package var status: SessionStatus
  package var stage: Stage
  package var custody: Custody?
  package var ledger: Ledger
}
