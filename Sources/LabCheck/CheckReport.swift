package import SessionTrace

/// What came of all runs, in the order they are listed in.
package struct CheckReport: Sendable, Equatable {
  /// The version of the program that was checked.
  package var version: String
  package var results: [CheckResult]
  /// Runs that were chosen and not played, because a signal came first.
  package var missing: Int
  /// From the first run to the last.
  package var duration: Microseconds

  package init(version: String, results: [CheckResult], missing: Int, duration: Microseconds) {
    self.version = version
    self.results = results
    self.missing = missing
    self.duration = duration
  }

  /// How many runs count as this.
  package func count(_ outcome: CheckOutcome) -> Int {
    results.count { $0.outcome == outcome }
  }

  /// Whether every run was played and none failed.
  package var isAsWanted: Bool {
    missing == 0 && results.allSatisfy { !$0.outcome.isFailure }
  }
}
