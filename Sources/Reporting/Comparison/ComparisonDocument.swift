package import Diagnosis
package import SessionTrace

/// Two sessions and what differs between them, to be read by people or programs.
package struct ComparisonDocument: Sendable {
  /// One of the two.
  package struct Side: Sendable {
    /// The file, or the target of a live run.
    let name: String
    /// What was recorded.
    package let trace: Trace
    let verdict: Verdict

    /// A session under that name, judged here and now.
    package init(name: String, trace: Trace) {
      self.name = name
      self.trace = trace
      self.verdict = Diagnosis.verdict(of: trace)
    }
  }

  let first: Side
  let second: Side
  package let comparison: Comparison
  /// What was kept out of all of this.
  var redaction = RedactionRecord()

  /// The comparison of two sessions.
  package init(_ first: Side, _ second: Side) {
    self.first = first
    self.second = second
    self.comparison = Comparison(first.trace, second.trace)
  }
}

extension ComparisonDocument: Encodable {
  /// The discriminator of this report among the others.
  package static let kind = DocumentKind.comparison

  private enum CodingKeys: String, CodingKey {
    case kind, first, second, reading, differences, redaction
    case schemaVersion = "schema_version"
    case hasSameOutcome = "same_outcome"
    case differs
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(SessionReport.schemaVersion, forKey: .schemaVersion)
    try container.encode(Self.kind, forKey: .kind)
    try container.encode(first, forKey: .first)
    try container.encode(second, forKey: .second)
    try container.encode(comparison.hasSameOutcome, forKey: .hasSameOutcome)
    try container.encode(comparison.differsInWhatMatters, forKey: .differs)
    try container.encode(comparison.reading, forKey: .reading)
    try container.encode(comparison.differences, forKey: .differences)
    try container.encode(redaction, forKey: .redaction)
  }
}

extension ComparisonDocument.Side: Encodable {
  private enum CodingKeys: String, CodingKey {
    case name, target, verdict
    case startedAt = "started_at"
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(trace.startedAt, forKey: .startedAt)
    try container.encode(trace.target, forKey: .target)
    try container.encode(verdict, forKey: .verdict)
  }
}
