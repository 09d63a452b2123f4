package import Diagnosis

/// A part of the catalogue of causes, to be read by people or programs.
package struct CatalogueDocument: Sendable {
  /// How much of each entry is shown.
  package enum Detail: Sendable {
    /// One line an entry, by family.
    case list
    /// One line an entry, in the order given: what a search found.
    case hits
    /// Everything.
    case whole
  }

  let entries: [Catalogue.Entry]
  /// Names of the lab's fixtures that show a cause, or look like it on purpose.
  let fixtures: [CauseID: [String]]
  /// The line of a log that the causes may explain.
  var logLine: LogLine?
  let detail: Detail

  /// These entries; the placeholders of their remedies are filled in for `place`.
  package init(
    _ entries: [Catalogue.Entry], detail: Detail, fixtures: [CauseID: [String]] = [:],
    place: RemedyPlace = RemedyPlace(), logLine: LogLine? = nil
  ) {
    self.entries = entries.map { entry in
      switch entry {
      case .cause(let cause): .cause(cause.filled(for: place))
      case .remark: entry
      }
    }
    self.fixtures = fixtures
    self.logLine = logLine
    self.detail = detail
  }

  /// These causes alone.
  package init(
    entries causes: [Cause], detail: Detail, fixtures: [CauseID: [String]] = [:],
    place: RemedyPlace = RemedyPlace(), logLine: LogLine? = nil
  ) {
    self.init(
      causes.map(Catalogue.Entry.cause), detail: detail, fixtures: fixtures, place: place,
      logLine: logLine)
  }
}

extension CatalogueDocument: Encodable {
  private enum CodingKeys: String, CodingKey {
    case kind, entries, remarks
    case logLine = "log_line"
    case schemaVersion = "schema_version"
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(SessionReport.schemaVersion, forKey: .schemaVersion)
    try container.encode(Self.kind, forKey: .kind)
    let causes = entries.compactMap(\.cause).map { cause in
      EncodedCause(cause: cause, fixtures: fixtures[cause.id] ?? [])
    }
    try container.encode(causes, forKey: .entries)
    try container.encode(entries.compactMap(\.remark), forKey: .remarks)
    try container.encode(logLine.map(EncodedLogLine.init), forKey: .logLine)
  }
}

/// A cause with what the lab says of it.
private struct EncodedCause: Encodable {
  let cause: Cause
  let fixtures: [String]

  private enum CodingKeys: String, CodingKey {
    case id, code, aliases, family, title, mechanism, experiment, remedies, sources, twins, fixtures
    case symptoms = "signature"
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(cause.id, forKey: .id)
    try container.encode(cause.code, forKey: .code)
    try container.encode(cause.aliases, forKey: .aliases)
    try container.encode(cause.family?.title, forKey: .family)
    try container.encode(cause.title, forKey: .title)
    try container.encode(cause.mechanism, forKey: .mechanism)
    try container.encode(cause.symptoms, forKey: .symptoms)
    try container.encode(cause.experiment, forKey: .experiment)
    try container.encode(cause.remedies, forKey: .remedies)
    try container.encode(cause.sources, forKey: .sources)
    try container.encode(cause.twins, forKey: .twins)
    try container.encode(fixtures, forKey: .fixtures)
  }
}

/// A line of a log with what it says.
private struct EncodedLogLine: Encodable {
  let line: LogLine

  private enum CodingKeys: String, CodingKey {
    case program, side, status, stage, host, address, port, command, reply
    case contentBytes = "content_bytes"
    case custodies = "possible_custody"
    case commands
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(line.program.rawValue, forKey: .program)
    try container.encode(line.side == .sender ? "sender" : "receiver", forKey: .side)
    try container.encode(line.status, forKey: .status)
    try container.encode(line.stage, forKey: .stage)
    try container.encode(line.host, forKey: .host)
    try container.encode(line.address, forKey: .address)
    try container.encode(line.port, forKey: .port)
    try container.encode(line.command.map(printable), forKey: .command)
    try container.encode(line.reply.map(printable), forKey: .reply)
    try container.encode(line.contentBytes, forKey: .contentBytes)
    try container.encode(line.custodies, forKey: .custodies)
    try container.encode(line.commands.map(\.line), forKey: .commands)
  }
}
