/// One tested value, with every session that tested it.
package struct SweepRow: Sendable, Equatable {
  package let value: Int
  /// In the order in which the sessions ended; only those that sent what the value says.
  package internal(set) var outcomes: [SweepOutcome] = []
  /// Sessions that could not send what the value says.
  package internal(set) var unplanned = 0
  /// How many of `outcomes` differ from what is usual in this sweep.
  package internal(set) var failed = 0
  /// The outcome to show for the value: its most frequent failure, if it has one.
  package internal(set) var shown: SweepOutcome?

  init(value: Int) { self.value = value }

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
