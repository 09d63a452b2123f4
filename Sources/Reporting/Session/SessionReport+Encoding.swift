import Diagnosis
import SessionTrace

/// The JSON form (manual, "JSON"): the trace's own keys at the top, and beside them what
/// follows from the trace.
extension SessionReport: Encodable {
  /// The version that this build writes, and the newest it reads; additive changes keep it.
  package static let schemaVersion = 1
  /// The discriminator of this report among those of sweeps and diagnoses.
  package static let kind = DocumentKind.session

  private enum CodingKeys: String, CodingKey {
    case kind, tool, verdict, stages, tcp, environment, hazards, advice, phrases, redaction,
      expectation
    case schemaVersion = "schema_version"
  }

  package func encode(to encoder: any Encoder) throws {
    try trace.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(Self.schemaVersion, forKey: .schemaVersion)
    try container.encode(Self.kind, forKey: .kind)
    try container.encode(tool, forKey: .tool)
    try container.encode(verdict, forKey: .verdict)
    // In place of the trace's spans, which they contain.
    try container.encode(
      trace.stages.map { ReportedStage(span: $0, status: status(of: $0)) }, forKey: .stages)
    try container.encodeIfPresent(
      trace.target.isUnixSocket
        ? nil
        : trace.finalFacts.map { ReportedTransport(facts: $0, fastOpen: trace.fastOpenOutcome) },
      forKey: .tcp)
    try container.encode(
      ReportedEnvironment(environment: trace.environment, findings: hostFindings),
      forKey: .environment)
    try container.encode(hazards, forKey: .hazards)
    try container.encode(
      advice.map { ReportedAdvice(record: $0.record, trace: trace) }, forKey: .advice)
    try container.encode(phrases, forKey: .phrases)
    try container.encodeIfPresent(
      expectation.map { ReportedExpectation($0, verdict) }, forKey: .expectation)
    try container.encode(redaction, forKey: .redaction)
  }
}

/// A stage span with its status.
private struct ReportedStage: Encodable {
  let span: StageSpan
  let status: StageStatus

  private enum CodingKeys: String, CodingKey { case status }

  func encode(to encoder: any Encoder) throws {
    try span.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(status, forKey: .status)
  }
}

/// The kernel's last word on the connection, with what became of Fast Open.
private struct ReportedTransport: Encodable {
  let facts: KernelFacts
  let fastOpen: FastOpenOutcome

  private enum CodingKeys: String, CodingKey { case fastOpen = "fast_open" }

  func encode(to encoder: any Encoder) throws {
    try facts.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(fastOpen, forKey: .fastOpen)
  }
}

/// What the host says of itself, with what of it bears on the verdict.
private struct ReportedEnvironment: Encodable {
  let environment: EnvironmentRecord
  let findings: [EnvironmentFinding]

  private enum CodingKeys: String, CodingKey { case findings }

  func encode(to encoder: any Encoder) throws {
    try environment.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(findings, forKey: .findings)
  }
}

/// A piece of advice with commands that can be pasted.
private struct ReportedAdvice: Encodable {
  let id: String
  let because: String
  let text: String
  let commands: [String]

  init(record: AdviceRecord, trace: Trace) {
    self.id = record.id
    self.because = record.because
    self.text = record.text
    self.commands = record.changes.map { ShellCommand(repeating: trace, with: $0).line }
  }
}
