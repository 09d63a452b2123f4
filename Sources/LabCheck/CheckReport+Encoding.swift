import SessionTrace

/// The JSON form: `kind` tells it from the reports on sessions; additive changes keep the version.
extension CheckReport {
  private enum CodingKeys: String, CodingKey {
    case kind, tool, summary, runs
    case schemaVersion = "schema_version"
  }

  private struct Tool: Encodable {
    let name = "smtpprobe"
    let version: String
  }

  private struct Summary: Encodable {
    let runs: Int
    let asWanted: Int
    let mismatches: Int
    let knownFailures: Int
    let surprisePasses: Int
    let notPlayed: Int
    let duration: Microseconds

    enum CodingKeys: String, CodingKey {
      case runs, mismatches
      case asWanted = "as_wanted"
      case knownFailures = "known_failures"
      case surprisePasses = "surprise_passes"
      case notPlayed = "not_played"
      case duration = "duration_us"
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(1, forKey: .schemaVersion)
    try container.encode(Self.kind, forKey: .kind)
    try container.encode(Tool(version: version), forKey: .tool)
    try container.encode(
      Summary(
        runs: results.count + missing, asWanted: count(.asWanted), mismatches: count(.mismatch),
        knownFailures: count(.knownFailure), surprisePasses: count(.surprisePass),
        notPlayed: missing, duration: duration),
      forKey: .summary)
    try container.encode(results, forKey: .runs)
  }
}

extension CheckResult: Encodable {
  private enum CodingKeys: String, CodingKey {
    case id, fixture, run, outcome, wanted, told, complaints, summary, command
    case knownReason = "known_reason"
    case duration = "duration_us"
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(id, forKey: .id)
    try container.encode(fixture, forKey: .fixture)
    try container.encode(run, forKey: .run)
    try container.encode(outcome, forKey: .outcome)
    try container.encode(wanted, forKey: .wanted)
    // A key that is there and null: readers need not tell absent from unknown.
    try container.encode(told, forKey: .told)
    try container.encode(complaints, forKey: .complaints)
    try container.encode(summary, forKey: .summary)
    try container.encode(duration, forKey: .duration)
    try container.encode(command, forKey: .command)
    try container.encode(knownReason, forKey: .knownReason)
  }
}
