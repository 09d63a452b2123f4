package import SessionTrace

/// What a probe told about a run: the verdict in the lab's own terms.
///
/// The lab does not import the half that judges; whoever joins the two fills this in.
package struct Observation: Sendable, Equatable {
  package var status: String
  package var stage: Stage
  /// `nil` when nothing stopped.
  package var custody: String?
  package var pendingCommands: Int
  package var pendingAnswered: Int
  package var firstUnanswered: String?
  package var ledger: Ledger
  package var exitCode: Int
  package var violations: [Violation.Kind]
  package var hazards: [String]
  /// What the report remarks besides.
  package var notes: [String]
  /// What came of policies about TLS, where they were not kept to or could not be had.
  package var policies: [String]
  /// From the start of the session to its end.
  package var duration: Microseconds

  package init(
    status: String, stage: Stage, custody: String?, pendingCommands: Int, pendingAnswered: Int,
    firstUnanswered: String?, ledger: Ledger, exitCode: Int, violations: [Violation.Kind],
    hazards: [String], notes: [String] = [], policies: [String] = [],
    duration: Microseconds = 0
  ) {
    self.status = status
    self.stage = stage
    self.custody = custody
    self.pendingCommands = pendingCommands
    self.pendingAnswered = pendingAnswered
    self.firstUnanswered = firstUnanswered
    self.ledger = ledger
    self.exitCode = exitCode
    self.violations = violations
    self.hazards = hazards
    self.notes = notes
    self.policies = policies
    self.duration = duration
  }
}

extension Expectation {
  /// Every point in which `told` is not what was wanted, one sentence each; empty when all is well.
  package func mismatches(with told: Observation) -> [String] {
    var complaints: [String] = []
    func check(_ isRight: Bool, _ wanted: @autoclosure () -> String, _ got: String) {
      if !isRight { complaints.append("wanted \(wanted()), told \(got)") }
    }
    check(
      outcomes.isEmpty
        || outcomes.contains { $0.status == told.status && ($0.stage ?? told.stage) == told.stage },
      outcomes.map(\.description).joined(separator: " or "),
      "\(told.status)@\(told.stage.rawValue)")
    let custody = told.custody ?? "none"
    check(
      custodies.isEmpty || custodies.contains(custody),
      "custody " + custodies.joined(separator: " or "), custody)
    check(
      (pendingCommands ?? told.pendingCommands) == told.pendingCommands,
      "pending \(pendingCommands ?? 0)", "\(told.pendingCommands)")
    check(
      (pendingAnswered ?? told.pendingAnswered) == told.pendingAnswered,
      "answered \(pendingAnswered ?? 0)", "\(told.pendingAnswered)")
    check(
      firstUnanswered == nil || firstUnanswered == told.firstUnanswered,
      "first unanswered \(firstUnanswered ?? "")", told.firstUnanswered ?? "none")
    for fact in ledger {
      check(fact.holds(in: told.ledger), "\(fact)", "\(told.ledger)")
    }
    check(
      (exitCode ?? told.exitCode) == told.exitCode, "exit \(exitCode ?? 0)", "\(told.exitCode)")
    if let leastDuration {
      check(
        told.duration >= leastDuration, "at least \(leastDuration) us", "\(told.duration) us")
    }
    let violationNames = told.violations.map(\.rawValue)
    for kind in violations {
      check(
        told.violations.contains(kind), "violation \(kind.rawValue)", "\(violationNames)")
    }
    for hazard in hazards {
      check(told.hazards.contains(hazard), "hazard \(hazard)", "\(told.hazards)")
    }
    for note in notes {
      check(told.notes.contains { $0.contains(note) }, "a note with \"\(note)\"", "\(told.notes)")
    }
    for policy in policies {
      check(told.policies.contains(policy), "policy \(policy)", "\(told.policies)")
    }
    check(
      !forbidsComplaints || (told.violations.isEmpty && told.hazards.isEmpty), "no complaint",
      "\(violationNames + told.hazards)")
    return complaints
  }
}

extension LedgerFact {
  /// Whether the relation is true of these totals.
  package func holds(in ledger: Ledger) -> Bool {
    let other =
      switch right {
      case .number(let number): number
      case .total(let total): total.value(in: ledger)
      }
    let value = left.value(in: ledger)
    return switch relation {
    case .equal: value == other
    case .unequal: value != other
    case .less: value < other
    case .greater: value > other
    case .atMost: value <= other
    case .atLeast: value >= other
    }
  }
}
