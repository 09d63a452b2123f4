import Diagnosis
import SessionTrace

/// The JSON form (manual, "JSON"): one row a value, and what follows from all of them.
extension SweepReport: Encodable {
  /// The discriminator of this report among those of sessions and diagnoses.
  package static let kind = DocumentKind.sweep

  enum CodingKeys: String, CodingKey {
    case target, option, range, exhaustive, rows, conclusion, notes
    case segmentSizes = "segment_sizes"
    case sessionLimit = "session_limit"
    case firstFailure = "first_failure"
    case firstFailureSession = "first_failure_session"
  }

  package func encode(to encoder: any Encoder) throws {
    try ReportHead(
      Self.kind, tool: tool, startedAt: startedAt, duration: duration, arguments: arguments
    ).encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(target, forKey: .target)
    try container.encode(plan.option, forKey: .option)
    try container.encode(
      ReportedRange(from: plan.range.lowerBound, to: plan.range.upperBound), forKey: .range)
    try container.encode(plan.isExhaustive, forKey: .exhaustive)
    try container.encode(plan.segmentSizes, forKey: .segmentSizes)
    try container.encode(plan.sessionLimit, forKey: .sessionLimit)
    try container.encode(rows.map(ReportedSweepRow.init), forKey: .rows)
    try container.encode(ReportedConclusion(conclusion), forKey: .conclusion)
    try container.encodeIfPresent(firstFailure?.verdict, forKey: .firstFailure)
    try container.encodeIfPresent(firstFailure, forKey: .firstFailureSession)
    try container.encode(notes, forKey: .notes)
  }
}

/// The conclusion as data, with the sentences that people read.
private struct ReportedConclusion: Encodable {
  let kind: SweepConclusion.Kind
  let sentence: String
  let limits: [String]
  let failing: [SweepRange]
  let unconfirmed: [SweepRange]
  let intermittent: [SweepIntermittent]
  let families: [SweepFamily]
  let pattern: SweepPattern?
  let misses: [SweepMiss]
  let widestGap: Int
  let tested: Int
  let untested: Int
  let sessions: Int
  let stopped: SweepStop?
  let turnedAwayAt: Int?
  let exitCode: Int

  private enum CodingKeys: String, CodingKey {
    case kind, sentence, limits, failing, unconfirmed, intermittent, families, pattern, tested
    case untested, sessions
    case stopped
    case misses = "missed_chances"
    case widestGap = "widest_gap"
    case turnedAwayAt = "turned_away_at"
    case exitCode = "exit_code"
  }

  init(_ conclusion: SweepConclusion) {
    kind = conclusion.kind
    sentence = conclusion.sentence
    limits = conclusion.limits
    failing = conclusion.failing
    unconfirmed = conclusion.unconfirmed
    intermittent = conclusion.intermittent
    families = conclusion.families
    pattern = conclusion.pattern
    misses = conclusion.misses
    widestGap = conclusion.widestGap
    tested = conclusion.tested
    untested = conclusion.untested
    sessions = conclusion.sessions
    stopped = conclusion.stop
    turnedAwayAt = conclusion.turnedAwayAt
    exitCode = conclusion.exitCode
  }
}
