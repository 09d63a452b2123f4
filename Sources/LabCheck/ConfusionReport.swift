package import SessionTrace

/// What diagnoses of all runs came to, in the order the runs are listed in.
package struct ConfusionReport: Sendable, Equatable {
  /// The version of the program that was checked.
  package var version: String
  package var results: [ConfusionResult]
  /// Runs that were chosen and not diagnosed, because a signal came first.
  package var missing: Int
  /// From the first diagnosis to the last.
  package var duration: Microseconds

  package init(
    version: String, results: [ConfusionResult], missing: Int, duration: Microseconds
  ) {
    self.version = version
    self.results = results
    self.missing = missing
    self.duration = duration
  }

  /// How many runs count as this.
  package func count(_ outcome: ConfusionClass) -> Int {
    results.count { $0.outcome == outcome }
  }

  /// Whether every run was diagnosed and nothing was confirmed that is not at work.
  package var isSound: Bool {
    missing == 0 && results.allSatisfy { !$0.outcome.isFailure }
  }

  /// `735 runs: 700 right, 3 twin, …`; classes without a run that nobody expects are left out.
  var sum: String {
    let parts = ConfusionClass.allCases.compactMap { outcome in
      let count = count(outcome)
      return switch outcome {
      case .right, .twin, .missed, .doubtful, .wrong: "\(count) \(outcome.rawValue)"
      case .unjudged, .unplayed: count == 0 ? nil : "\(count) \(outcome.rawValue)"
      }
    }
    let runs = results.count + missing
    return "\(runs) run\(runs == 1 ? "" : "s"): \(parts.joined(separator: ", "))"
      + (missing == 0 ? "" : ", \(missing) not diagnosed")
  }
}
