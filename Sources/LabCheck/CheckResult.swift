import Lab
package import SessionTrace

/// What came of one run.
package struct CheckResult: Sendable, Equatable {
  /// `family/fixture/run`, and its first two parts.
  package var id: String
  package var fixture: String
  package var run: String
  /// What the fixture demands: `stalled@mail`.
  package var wanted: String
  /// What the probe told: `ok@data`; `nil` when the run could not be played.
  package var told: String?
  /// Each point in which the two differ, or why the run could not be played; empty when all is well.
  package var complaints: [String]
  /// The verdict's own sentence; empty when there is no verdict.
  package var summary: String
  /// How long the session took.
  package var duration: Microseconds
  /// What plays this run alone, for a shell.
  package var command: String
  /// Why the run is known to come out wrong; `nil` when it is not.
  package var knownReason: String?

  package init(
    _ one: CheckCase, told: String?, complaints: [String], summary: String,
    duration: Microseconds, knownReason: String?
  ) {
    // A user's own file may be called anything; what is told goes to terminals and CI logs.
    id = escapedText(one.id.utf8)
    fixture = escapedText(one.fixture.id.utf8)
    run = escapedText(one.run.name.utf8)
    wanted = one.wanted
    self.told = told
    self.complaints = complaints
    self.summary = summary
    self.duration = duration
    command = one.command
    self.knownReason = knownReason.map { escapedText($0.utf8) }
  }

  /// What it means for the whole.
  package var outcome: CheckOutcome {
    switch (complaints.isEmpty, knownReason) {
    case (true, nil): .asWanted
    case (true, _?): .surprisePass
    case (false, nil): .mismatch
    case (false, _?): .knownFailure
    }
  }
}

/// How a run counts.
package enum CheckOutcome: String, CaseIterable, Sendable, Encodable {
  case asWanted = "as_wanted"
  /// Something differs, or the run could not be played.
  case mismatch
  /// It differs, and the list of known failures says so.
  case knownFailure = "known_failure"
  /// All is well, and the list of known failures says it is not: the list must be mended.
  case surprisePass = "surprise_pass"

  /// Whether the check as a whole fails by it.
  package var isFailure: Bool {
    switch self {
    case .asWanted, .knownFailure: false
    case .mismatch, .surprisePass: true
    }
  }

  /// The mark in front of a line for people.
  package var mark: String {
    switch self {
    case .asWanted: "ok"
    case .mismatch: "FAIL"
    case .knownFailure: "known"
    case .surprisePass: "PASS"
    }
  }
}
