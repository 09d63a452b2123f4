import Diagnosis
import SessionTrace

/// The JSON form (README, "JSON").
extension DiagnosisReport: Encodable {
  /// The discriminator of this report among those of sessions and sweeps.
  package static let kind = "diagnosis"

  private enum CodingKeys: String, CodingKey {
    case kind, tool, target, result, summary, stopped, controls, sessions, experiments, causes
    case control, arguments, limits
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
    try container.encode(conclusion.result, forKey: .result)
    try container.encode(conclusion.result.exitCode, forKey: .exitCode)
    try container.encode(sentence, forKey: .summary)
    try container.encodeIfPresent(conclusion.stop, forKey: .stopped)
    try container.encode(ReportedControls(conclusion), forKey: .controls)
    try container.encode(sessions.map(ReportedSession.init), forKey: .sessions)
    try container.encode(conclusion.experiments.map(ReportedExperiment.init), forKey: .experiments)
    try container.encode(
      conclusion.causes.map { ReportedCause($0, entry: entry(of: $0)) }, forKey: .causes)
    try container.encodeIfPresent(control, forKey: .control)
    try container.encode(limits, forKey: .limits)
  }
}

private func counts(_ outcomes: [SweepOutcome]) -> [String: Int] {
  outcomes.reduce(into: [:]) { $0[$1.text, default: 0] += 1 }
}

private struct ReportedControls: Encodable {
  let count: Int
  let failed: Int
  let outcomes: [String: Int]

  init(_ conclusion: InvestigationConclusion) {
    count = conclusion.controls.count
    failed = conclusion.controlsFailed
    outcomes = counts(conclusion.controls)
  }
}

private struct ReportedSession: Encodable {
  let number: Int
  let knob: String?
  let variant: String?
  let status: SessionStatus
  let stage: Stage
  let custody: Custody?
  let waited: Microseconds
  let duration: Microseconds
  let ledger: Ledger

  private enum CodingKeys: String, CodingKey {
    case number, knob, variant, status, stage, custody, ledger
    case waited = "waited_us"
    case duration = "duration_us"
  }

  init(_ session: DiagnosedSession) {
    number = session.number
    knob = session.knob?.name
    variant = session.knob?.value
    status = session.status
    stage = session.stage
    custody = session.custody
    waited = session.waited
    duration = session.duration
    ledger = session.ledger
  }
}

private struct ReportedExperiment: Encodable {
  struct Counts: Encodable {
    let control: [String: Int]
    let variant: [String: Int]
  }

  let knob: String
  let control: String
  let variant: String
  let counts: Counts
  let gone: Int
  let same: Int
  let other: Int
  let effect: Experiment.Effect
  let chance: Double?
  let obstacle: String?

  init(_ experiment: Experiment) {
    knob = experiment.knob.name
    control = experiment.controlValue
    variant = experiment.knob.value
    counts = Counts(
      control: Reporting.counts(experiment.controls), variant: Reporting.counts(experiment.outcomes)
    )
    gone = experiment.gone
    same = experiment.same
    other = experiment.other
    effect = experiment.effect ?? .unclear
    chance = experiment.chance
    obstacle = experiment.obstacle
  }
}

private struct ReportedCause: Encodable {
  let id: String
  let code: String?
  let title: String?
  let grade: Grade
  let because: [String]
  let against: [String]
  let open: [String]
  let remedies: Remedies

  init(_ cause: CauseFinding, entry: CatalogueEntry?) {
    id = cause.id
    code = entry?.code
    title = entry?.title
    grade = cause.grade
    because = cause.pro
    against = cause.con
    open = cause.open
    remedies = entry?.remedies ?? Remedies()
  }
}
