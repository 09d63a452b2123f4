import Diagnosis
import SessionTrace

/// The JSON form (manual, "JSON"): what was varied, what came of it, and what follows.
extension DiagnosisReport: Encodable {
  /// The discriminator of this report among those of sessions and sweeps.
  package static let kind = DocumentKind.diagnosis

  enum CodingKeys: String, CodingKey {
    case target, result, summary, stopped, controls, sessions
    case experiments, causes, further, observations, measurements, workarounds, control, pace
    case limits, notes
    case exitCode = "exit_code"
    case refusedFrom = "refused_from"
  }

  package func encode(to encoder: any Encoder) throws {
    try ReportHead(
      Self.kind, tool: tool, startedAt: startedAt, duration: duration, arguments: arguments
    ).encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(target, forKey: .target)
    try container.encode(result, forKey: .result)
    try container.encode(summary, forKey: .summary)
    try container.encode(result.exitCode, forKey: .exitCode)
    try container.encodeIfPresent(given.stop, forKey: .stopped)
    try container.encodeIfPresent(given.refusedFrom, forKey: .refusedFrom)
    try container.encode(ReportedControls(given.controls), forKey: .controls)
    try container.encode(sessions, forKey: .sessions)
    try container.encode(experiments, forKey: .experiments)
    try container.encode(
      layers.flatMap { layer in layer.causes.map { reported($0, base: layer.base) } },
      forKey: .causes)
    try container.encode(further.map(ReportedLayer.init), forKey: .further)
    try container.encode(given.observations.map { reported($0, base: []) }, forKey: .observations)
    try container.encode(
      layers.compactMap { layer in
        layer.measurement.map { ReportedMeasurement($0, base: layer.base) }
      }, forKey: .measurements)
    try container.encode(workarounds, forKey: .workarounds)
    try container.encodeIfPresent(control, forKey: .control)
    try container.encodeIfPresent(pace, forKey: .pace)
    try container.encode(limits, forKey: .limits)
    try container.encode(notes, forKey: .notes)
  }

  private func reported(_ finding: CauseFinding, base: [String]) -> ReportedCause {
    let entry = entry(of: finding)
    return ReportedCause(
      base: base, id: finding.id, code: entry?.code, title: headline(of: finding),
      grade: finding.grade, because: finding.pro, against: finding.con, open: finding.open,
      remedies: entry?.remedies ?? Remedies())
  }
}

/// How controls ended; what follows from the outcomes is for programs alone.
struct ReportedControls: Codable {
  let count: Int
  let failed: Int
  let outcomes: OutcomeCounts

  init(_ outcomes: OutcomeCounts) {
    count = outcomes.total
    failed = outcomes.failed
    self.outcomes = outcomes
  }
}

/// A failure behind another: what gets past the one in front, and what it came to.
struct ReportedLayer: Codable {
  let base: [String]
  let result: InvestigationConclusion.Result
  let stopped: InvestigationStop?
  let refusedFrom: Int?
  let controls: ReportedControls

  private enum CodingKeys: String, CodingKey {
    case base, result, stopped, controls
    case refusedFrom = "refused_from"
  }

  init(_ layer: DiagnosisLayer) {
    base = layer.base
    result = layer.result
    stopped = layer.stop
    refusedFrom = layer.refusedFrom
    controls = ReportedControls(layer.controls)
  }
}

/// A finding with what the catalogue says of it.
private struct ReportedCause: Encodable {
  /// What gets past the failures in front of the one that it explains.
  let base: [String]
  let id: CauseID
  let code: String?
  let title: String?
  let grade: Grade
  let because: [String]
  let against: [String]
  let open: [String]
  let remedies: Remedies
}
