import Diagnosis
import SessionTrace

/// The JSON form: `kind` tells it from other reports; additive changes keep the version.
extension ConfusionReport {
  private enum CodingKeys: String, CodingKey {
    case kind, tool, summary, runs
    case schemaVersion = "schema_version"
  }

  private struct Tool: Encodable {
    let name = "smtpprobe"
    let version: String
  }

  private enum SummaryKeys: String, CodingKey {
    case runs, right, twin, missed, doubtful, wrong, unjudged, unplayed
    case notDiagnosed = "not_diagnosed"
    case duration = "duration_us"

    init(_ outcome: ConfusionClass) {
      self =
        switch outcome {
        case .right: .right
        case .twin: .twin
        case .missed: .missed
        case .doubtful: .doubtful
        case .wrong: .wrong
        case .unjudged: .unjudged
        case .unplayed: .unplayed
        }
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(1, forKey: .schemaVersion)
    try container.encode(Self.kind, forKey: .kind)
    try container.encode(Tool(version: version), forKey: .tool)
    var summary = container.nestedContainer(keyedBy: SummaryKeys.self, forKey: .summary)
    try summary.encode(results.count + missing, forKey: .runs)
    for outcome in ConfusionClass.allCases {
      try summary.encode(count(outcome), forKey: SummaryKeys(outcome))
    }
    try summary.encode(missing, forKey: .notDiagnosed)
    try summary.encode(duration, forKey: .duration)
    try container.encode(results, forKey: .runs)
  }
}

extension ConfusionResult: Encodable {
  private enum CodingKeys: String, CodingKey {
    case id, family, fixture, run, wanted, told, complaint, command
    case outcome = "class"
  }

  private struct Told: Encodable {
    let result: InvestigationConclusion.Result
    let causes: [DiagnosisResult.Cause]
    let sessions: Int
    let duration: Microseconds

    init(_ told: DiagnosisResult) {
      result = told.result
      causes = told.causes
      sessions = told.sessions
      duration = told.duration
    }

    enum CodingKeys: String, CodingKey {
      case result, causes, sessions
      case duration = "duration_us"
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(id, forKey: .id)
    try container.encode(family, forKey: .family)
    try container.encode(fixture, forKey: .fixture)
    try container.encode(run, forKey: .run)
    try container.encode(outcome, forKey: .outcome)
    try container.encode(truth, forKey: .wanted)
    // A key that is there and null: readers need not tell absent from unknown.
    try container.encode(told.map(Told.init), forKey: .told)
    try container.encode(complaint, forKey: .complaint)
    try container.encode(command, forKey: .command)
  }
}
