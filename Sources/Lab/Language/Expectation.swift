package import SessionTrace

/// What a run must come out as, in the words of the contract.
///
/// Each list holds alternatives; an empty list or `nil` says nothing. Alternatives are for true
/// races only: where the truth is one, the expectation is one.
package struct Expectation: Sendable, Equatable {
  /// Status and stage, as in `stalled@mail`.
  package var outcomes: [Outcome] = []
  /// Custody; the word `none` stands for a session that nothing stopped.
  package var custodies: [String] = []
  package var pendingCommands: Int?
  package var pendingAnswered: Int?
  /// As the report shows it, escaped.
  package var firstUnanswered: String?
  package var ledger: [LedgerFact] = []
  package var exitCode: Int?
  /// The session lasts so long or longer; no promise is made of how long at most, since machines
  /// are busy.
  package var leastDuration: Microseconds?
  /// Kinds of violation that must be in the trace.
  package var violations: [Violation.Kind] = []
  /// Hazards, by their id in the catalogue, that must be told.
  package var hazards: [String] = []
  /// Texts, each of which a note of the report must contain.
  package var notes: [String] = []
  /// Why policies about TLS were not kept to, or could not be had, in the words of RFC 8460.
  package var policies: [String] = []
  /// Neither a violation nor a hazard may be told.
  package var forbidsComplaints = false

  package init() {}

  /// A status at a stage; a `nil` stage accepts any.
  package struct Outcome: Sendable, Equatable, CustomStringConvertible {
    package var status: String
    package var stage: Stage?

    package init(status: String, stage: Stage?) {
      self.status = status
      self.stage = stage
    }

    package var description: String { status + (stage.map { "@\($0.rawValue)" } ?? "") }
  }
}

/// A relation between two totals of the ledger, or a total and a number: `acknowledged = written`.
package struct LedgerFact: Sendable, Equatable, CustomStringConvertible {
  package enum Relation: String, Sendable, CaseIterable {
    case equal = "="
    case unequal = "!="
    case less = "<"
    case greater = ">"
    case atMost = "<="
    case atLeast = ">="
  }

  package enum Term: Sendable, Equatable {
    case number(Int)
    case total(LedgerTotal)
  }

  package var left: LedgerTotal
  package var relation: Relation
  package var right: Term

  package init(left: LedgerTotal, relation: Relation, right: Term) {
    self.left = left
    self.relation = relation
    self.right = right
  }

  package var description: String {
    let other =
      switch right {
      case .number(let number): String(number)
      case .total(let total): total.rawValue
      }
    return "\(left.rawValue) \(relation.rawValue) \(other)"
  }
}

/// The totals of a ledger by name.
package enum LedgerTotal: String, Sendable, CaseIterable {
  case written, sent, acknowledged, answered, unsent, received

  /// Its value in a ledger.
  package func value(in ledger: Ledger) -> Int {
    switch self {
    case .written: ledger.written
    case .sent: ledger.sent
    case .acknowledged: ledger.acknowledged
    case .answered: ledger.answered
    case .unsent: ledger.unsent
    case .received: ledger.received
    }
  }
}
