import Diagnosis
import SessionTrace

/// The JSON form: `kind` tells it from the reports on sessions; additive changes keep the version.
extension SuiteReport: Codable {
  private enum CodingKeys: String, CodingKey {
    case suite, cases, missing, redaction
    case exitCode = "exit_code"
  }

  package func encode(to encoder: any Encoder) throws {
    try ReportHead(
      Self.kind, tool: tool, startedAt: startedAt, duration: duration, arguments: arguments
    ).encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(suite, forKey: .suite)
    try container.encode(results, forKey: .cases)
    try container.encode(missing, forKey: .missing)
    try container.encode(exitCode, forKey: .exitCode)
    try container.encode(redaction, forKey: .redaction)
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let head = try ReportHead(from: decoder)
    self.init(
      tool: head.tool, startedAt: head.startedAt, duration: head.duration,
      arguments: head.arguments,
      suite: try container.decode(String.self, forKey: .suite),
      results: try container.decode([SuiteResult].self, forKey: .cases),
      missing: try container.decode(Int.self, forKey: .missing))
    redaction = try container.decode(RedactionRecord.self, forKey: .redaction)
    guard missing >= 0 else {
      throw DecodingError.dataCorruptedError(
        forKey: .missing, in: container, debugDescription: "fewer than none")
    }
  }
}

extension SuiteResult: Codable {
  private enum CodingKeys: String, CodingKey {
    case name, line, target, expected, verdict, summary, arguments, met
    case duration = "duration_us"
    case exitCode = "exit_code"
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(line, forKey: .line)
    try container.encode(target, forKey: .target)
    // Keys that are there and null: readers need not tell absent from unknown.
    try container.encode(expected, forKey: .expected)
    try container.encode(exitCode == 0, forKey: .met)
    try container.encode(verdict, forKey: .verdict)
    try container.encode(summary, forKey: .summary)
    try container.encode(duration, forKey: .duration)
    try container.encode(exitCode, forKey: .exitCode)
    try container.encode(arguments, forKey: .arguments)
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    name = try container.decode(String.self, forKey: .name)
    line = try container.decode(Int.self, forKey: .line)
    target = try container.decode(TargetRecord.self, forKey: .target)
    expected = try container.decodeIfPresent(String.self, forKey: .expected)
    verdict = try container.decodeIfPresent(SuiteVerdict.self, forKey: .verdict)
    summary = try container.decode(String.self, forKey: .summary)
    duration = try container.decode(Microseconds.self, forKey: .duration)
    exitCode = try container.decode(Int.self, forKey: .exitCode)
    guard (0...255).contains(exitCode) else {
      throw DecodingError.dataCorruptedError(
        forKey: .exitCode, in: container, debugDescription: "an exit status that no process has")
    }
    arguments = try container.decode([String].self, forKey: .arguments)
  }
}
