/// One tested value, with every session that tested it.
package struct SweepRow: Sendable, Equatable {
  package let value: Int
  /// In the order in which the sessions ended; only those that sent what the value says.
  package internal(set) var outcomes: [SweepOutcome] = []
  /// Sessions that could not send what the value says.
  package internal(set) var unplanned = 0
  /// How many of `outcomes` differ from what is usual in this sweep.
  package internal(set) var failed = 0
  /// Whether the first of `outcomes` does.
  package internal(set) var beganWithFailure = false
  /// The outcome to show for the value: its most frequent failure, if it has one.
  package internal(set) var shown: SweepOutcome?

  /// What was seen of a value, still to be judged beside the others: see ``SweepConclusion``.
  package init(value: Int, outcomes: [SweepOutcome] = [], unplanned: Int = 0) {
    self.value = value
    self.outcomes = outcomes
    self.unplanned = unplanned
  }

  package var tries: Int { outcomes.count }

  /// What the tries add up to.
  package enum Result: String, Codable, Sendable {
    case passes
    /// Every try failed.
    case fails
    /// Some tries failed.
    case intermittent
    /// No session could send what the value says.
    case untestable
  }

  package var result: Result {
    if outcomes.isEmpty { return .untestable }
    return failed == 0 ? .passes : failed == tries ? .fails : .intermittent
  }
}

extension SweepRow {
  /// The same rows, each judged by what is usual among all of them.
  package static func judged(_ rows: [SweepRow]) -> [SweepRow] {
    let baseline = SweepBaseline(rows.flatMap(\.outcomes))
    return rows.map { row in
      var row = row
      let failures = row.outcomes.filter { !baseline.isPassed(by: $0) }
      row.failed = failures.count
      row.beganWithFailure = row.outcomes.first.map { !baseline.isPassed(by: $0) } ?? false
      row.shown = mostFrequent(failures) ?? row.outcomes.first
      return row
    }
  }
}

/// The outcome seen most often; the first seen of equals.
private func mostFrequent(_ outcomes: [SweepOutcome]) -> SweepOutcome? {
  var best: (outcome: SweepOutcome, count: Int)?
  for outcome in outcomes {
    let count = outcomes.count { $0 == outcome }
    if count > (best?.count ?? 0) { best = (outcome, count) }
  }
  return best?.outcome
}
