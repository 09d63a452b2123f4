import Diagnosis
import SessionTrace

/// The JSON form (README, "JSON"): what was varied, what came of it, and what follows.
extension DiagnosisReport: Encodable {
  /// The discriminator of this report among those of sessions and sweeps.
  package static let kind = "diagnosis"

  enum CodingKeys: String, CodingKey {
    case kind, tool, arguments, target, result, summary, stopped, controls, sessions
    case experiments, causes, observations, control, limits, notes
    case schemaVersion = "schema_version"
    case startedAt = "started_at"
    case duration = "duration_us"
    case exitCode = "exit_code"
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(SessionReport.schemaVersion, forKey: .schemaVersion)
    try container.encode(Self.kind, forKey: .kind)
    try container.encode(tool, forKey: .tool)
    try container.encodeIfPresent(startedAt, forKey: .startedAt)
    try container.encode(duration, forKey: .duration)
    try container.encode(arguments, forKey: .arguments)
    try container.encode(target, forKey: .target)
    try container.encode(result, forKey: .result)
    try container.encode(summary, forKey: .summary)
    try container.encode(result.exitCode, forKey: .exitCode)
    try container.encodeIfPresent(stop, forKey: .stopped)
    try container.encode(
      ReportedControls(count: controls.total, failed: controls.failed, outcomes: controls),
      forKey: .controls)
    try container.encode(sessions, forKey: .sessions)
    try container.encode(experiments, forKey: .experiments)
    try container.encode(causes.map(reported), forKey: .causes)
    try container.encode(observations.map(reported), forKey: .observations)
    try container.encodeIfPresent(control, forKey: .control)
    try container.encode(limits, forKey: .limits)
    try container.encode(notes, forKey: .notes)
  }

  private func reported(_ finding: CauseFinding) -> ReportedCause {
    let entry = entry(of: finding)
    return ReportedCause(
      finding, code: entry?.code, title: headline(of: finding),
      remedies: entry?.remedies ?? Remedies())
  }
}

/// How the sessions as given ended.
private struct ReportedControls: Encodable {
  let count: Int
  let failed: Int
  let outcomes: OutcomeCounts
}

/// A finding with what the catalogue says of it.
private struct ReportedCause: Encodable {
  let id: String
  let code: String?
  let title: String?
  let grade: Grade
  let because: [String]
  let against: [String]
  let open: [String]
  let remedies: Remedies

  init(_ finding: CauseFinding, code: String?, title: String?, remedies: Remedies) {
    id = finding.id
    self.code = code
    self.title = title
    grade = finding.grade
    because = finding.pro
    against = finding.con
    open = finding.open
    self.remedies = remedies
  }
}
