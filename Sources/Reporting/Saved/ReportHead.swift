import SessionTrace

/// What every report on several sessions begins with.
struct ReportHead: Codable {
  let schemaVersion: Int
  let kind: DocumentKind
  let tool: ToolRecord
  /// RFC 3339, of the first session that ended; `nil` when none did.
  let startedAt: String?
  let duration: Microseconds
  let arguments: [String]

  private enum CodingKeys: String, CodingKey {
    case kind, tool, arguments
    case schemaVersion = "schema_version"
    case startedAt = "started_at"
    case duration = "duration_us"
  }

  init(
    _ kind: DocumentKind, tool: ToolRecord, startedAt: String?, duration: Microseconds,
    arguments: [String]
  ) {
    schemaVersion = SessionReport.schemaVersion
    self.kind = kind
    self.tool = tool
    self.startedAt = startedAt
    self.duration = duration
    self.arguments = arguments
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(schemaVersion, forKey: .schemaVersion)
    try container.encode(kind, forKey: .kind)
    try container.encode(tool, forKey: .tool)
    // There and null: readers need not tell absent from unknown.
    try container.encode(startedAt, forKey: .startedAt)
    try container.encode(duration, forKey: .duration)
    try container.encode(arguments, forKey: .arguments)
  }
}
