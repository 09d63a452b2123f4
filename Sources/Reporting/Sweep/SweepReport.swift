package import Diagnosis
package import SessionTrace

/// All that is said of one sweep; every format is made of this alone.
package struct SweepReport: Sendable, Equatable {
  package var tool: ToolRecord
  /// RFC 3339, of the first session that ended; `nil` when none did.
  package var startedAt: String?
  package var duration: Microseconds
  package var arguments: [String]
  package var target: TargetRecord
  package var plan: SweepPlan
  package var rows: [SweepRow]
  package var conclusion: SweepConclusion
  /// The first session of the lowest value that fails; `nil` when none does.
  package var firstFailure: SessionReport?
  /// What the tool did otherwise than asked, from the first session.
  package var notes: [String]

  package init(
    tool: ToolRecord, startedAt: String?, duration: Microseconds, arguments: [String],
    target: TargetRecord, plan: SweepPlan, rows: [SweepRow], conclusion: SweepConclusion,
    firstFailure: SessionReport?, notes: [String]
  ) {
    self.tool = tool
    self.startedAt = startedAt
    self.duration = duration
    self.arguments = arguments
    self.target = target
    self.plan = plan
    self.rows = rows
    self.conclusion = conclusion
    self.firstFailure = firstFailure
    self.notes = notes
  }

  /// The values of each distinct outcome, the commonest first.
  var outcomes: [(outcome: SweepOutcome, values: [Int])] {
    var values: [SweepOutcome: [Int]] = [:]
    for row in rows {
      for outcome in Set(row.outcomes) { values[outcome, default: []].append(row.value) }
    }
    return values.sorted { left, right in
      (right.value.count, left.key.label) < (left.value.count, right.key.label)
    }.map { ($0.key, $0.value) }
  }
}

extension SweepOutcome {
  /// `stalled@mail, acknowledged_unanswered`.
  var label: String { text + (custody.map { ", \($0.rawValue)" } ?? "") }
}
