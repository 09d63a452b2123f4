import Diagnosis
import SessionTrace

/// The JSON form (README, "JSON"): what was varied, what came of it, and what follows.
extension DiagnosisReport: Encodable {
  /// The discriminator of this report among those of sessions and sweeps.
  package static let kind = "diagnosis"

  private enum CodingKeys: String, CodingKey {
    case kind, tool, arguments, target, result, summary, stopped, controls, sessions
    case experiments, causes, further, observations, control, limits, notes
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
    try container.encode(summary, forKey: .summary)
    try container.encode(conclusion.result.exitCode, forKey: .exitCode)
    try container.encodeIfPresent(conclusion.stop, forKey: .stopped)
    try container.encode(ReportedControls(conclusion), forKey: .controls)
    try container.encode(sessions, forKey: .sessions)
    try container.encode(
      conclusions.flatMap { conclusion in
        conclusion.experiments.map { ReportedExperiment($0, base: conclusion.base) }
      }, forKey: .experiments)
    try container.encode(
      conclusions.flatMap { conclusion in
        conclusion.result == .nothingWrong
          ? [] : conclusion.causes.map { reported($0, base: conclusion.base) }
      }, forKey: .causes)
    try container.encode(further.map(ReportedLayer.init), forKey: .further)
    try container.encode(observations.map { reported($0, base: []) }, forKey: .observations)
    try container.encodeIfPresent(control, forKey: .control)
    try container.encode(limits, forKey: .limits)
    try container.encode(notes, forKey: .notes)
  }

  private func reported(_ finding: CauseFinding, base: [Knob]) -> ReportedCause {
    ReportedCause(finding, base: base, open: open(of: finding), entry: entry(of: finding))
  }
}

extension DiagnosedSession: Encodable {
  private enum CodingKeys: String, CodingKey {
    case number, knob, variant, base, status, stage, custody, ledger
    case waited = "waited_us"
    case duration = "duration_us"
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(number, forKey: .number)
    try container.encodeIfPresent(knob?.name, forKey: .knob)
    try container.encodeIfPresent(knob?.value, forKey: .variant)
    try container.encode(base.map(\.phrase), forKey: .base)
    try container.encode(status, forKey: .status)
    try container.encode(stage, forKey: .stage)
    try container.encodeIfPresent(custody, forKey: .custody)
    try container.encode(waited, forKey: .waited)
    try container.encode(duration, forKey: .duration)
    try container.encode(ledger, forKey: .ledger)
  }
}

/// How the sessions as given ended.
private struct ReportedControls: Encodable {
  let count: Int
  let failed: Int
  let outcomes: [String: Int]

  init(_ conclusion: InvestigationConclusion) {
    count = conclusion.controls.count
    failed = conclusion.controlsFailed
    outcomes = outcomeCounts(conclusion.controls)
  }
}

/// A failure behind another: what gets past the one in front, and what it came to.
private struct ReportedLayer: Encodable {
  let base: [String]
  let result: InvestigationConclusion.Result
  let stopped: InvestigationStop?
  let controls: ReportedControls

  init(_ conclusion: InvestigationConclusion) {
    base = conclusion.base.map(\.phrase)
    result = conclusion.result
    stopped = conclusion.stop
    controls = ReportedControls(conclusion)
  }
}

/// One knob: what was compared, and what came of it.
private struct ReportedExperiment: Encodable {
  /// How many sessions of either side ended in each way.
  struct Counts: Encodable {
    let control: [String: Int]
    let variant: [String: Int]
  }

  /// What was turned in the sessions of both sides, to get past the failures in front.
  let base: [String]
  let knob: String
  let phrase: String
  let control: String
  let variant: String
  let counts: Counts
  let gone: Int
  let same: Int
  let other: Int
  /// `unfinished` where no effect was worked out.
  let effect: String
  let chance: Double?
  let obstacle: String?

  init(_ experiment: Experiment, base: [Knob]) {
    self.base = base.map(\.phrase)
    knob = experiment.knob.name
    phrase = experiment.knob.phrase
    control = experiment.controlValue
    variant = experiment.knob.value
    counts = Counts(
      control: outcomeCounts(experiment.controls), variant: outcomeCounts(experiment.outcomes))
    gone = experiment.gone
    same = experiment.same
    other = experiment.other
    effect = experiment.effect?.rawValue ?? "unfinished"
    chance = experiment.chance
    obstacle = experiment.obstacle
  }
}

/// A finding with what the catalogue says of it.
private struct ReportedCause: Encodable {
  /// What gets past the failures in front of the one that it explains.
  let base: [String]
  let id: String
  let code: String?
  let title: String?
  let grade: Grade
  let because: [String]
  let against: [String]
  let open: [String]
  let remedies: Remedies

  init(_ finding: CauseFinding, base: [Knob], open: [String], entry: CatalogueEntry?) {
    self.base = base.map(\.phrase)
    id = finding.id
    code = entry?.code
    title = entry?.title
    grade = finding.grade
    because = finding.pro
    against = finding.con
    self.open = open
    remedies = entry?.remedies ?? Remedies()
  }
}
