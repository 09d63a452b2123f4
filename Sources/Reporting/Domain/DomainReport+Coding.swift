import Diagnosis
import SessionTrace

/// The JSON form (manual, "JSON"): one entry a place, each with the whole report of its session.
extension DomainReport: Codable {
  /// The discriminator of this report among those of sessions.
  package static let kind = DocumentKind.domain

  private enum CodingKeys: String, CodingKey {
    case target, seed, complete, places, notes, senders, redaction
    case habit = "as_mta"
    case exitCode = "exit_code"
  }

  package func encode(to encoder: any Encoder) throws {
    try ReportHead(
      Self.kind, tool: tool, startedAt: startedAt, duration: duration, arguments: arguments
    ).encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(given, forKey: .target)
    // Numbers over 2^53 are not safe in JSON.
    try container.encode(String(seed), forKey: .seed)
    try container.encode(habit?.id, forKey: .habit)
    try container.encode(isComplete, forKey: .complete)
    try container.encode(places, forKey: .places)
    try container.encode(notes, forKey: .notes)
    try container.encode(walks.map { ReportedWalk($0, places) }, forKey: .senders)
    try container.encode(exitCode, forKey: .exitCode)
    try container.encode(redaction, forKey: .redaction)
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let head = try ReportHead(from: decoder)
    (tool, startedAt, duration, arguments) =
      (head.tool, head.startedAt, head.duration, head.arguments)
    given = try container.decode(String.self, forKey: .target)
    guard let seed = UInt64(try container.decode(String.self, forKey: .seed)) else {
      throw DecodingError.dataCorruptedError(
        forKey: .seed, in: container, debugDescription: "not a number")
    }
    self.seed = seed
    let id = try container.decodeIfPresent(String.self, forKey: .habit)
    habit = SenderHabit.all.first { $0.id == id }
    isComplete = try container.decode(Bool.self, forKey: .complete)
    places = try container.decode([ReportedPlace].self, forKey: .places)
    // Reports of earlier builds have none.
    notes = try container.decodeIfPresent([String].self, forKey: .notes) ?? []
    redaction =
      try container.decodeIfPresent(RedactionRecord.self, forKey: .redaction) ?? RedactionRecord()
  }
}

extension ReportedPlace: Codable {
  private enum CodingKeys: String, CodingKey {
    case host, address, family, status, stage, reason, session
    case preference = "mx_preference"
    case isImplicit = "implicit_mx"
    case exitCode = "exit_code"
    case isBeyondThisHost = "beyond_this_host"
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(host, forKey: .host)
    try container.encode(preference, forKey: .preference)
    try container.encode(isImplicit, forKey: .isImplicit)
    try container.encode(address, forKey: .address)
    try container.encode(family, forKey: .family)
    try container.encode(isWithoutAddress || session != nil ? outcome.status : nil, forKey: .status)
    try container.encode(outcome.stage, forKey: .stage)
    try container.encode(exitCode, forKey: .exitCode)
    try container.encode(reason, forKey: .reason)
    try container.encode(isBeyondThisHost, forKey: .isBeyondThisHost)
    try container.encode(session, forKey: .session)
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    host = try container.decode(String.self, forKey: .host)
    preference = try container.decodeIfPresent(Int.self, forKey: .preference)
    isImplicit = try container.decodeIfPresent(Bool.self, forKey: .isImplicit) ?? false
    address = try container.decodeIfPresent(String.self, forKey: .address)
    reason = try container.decodeIfPresent(String.self, forKey: .reason)
    session = try container.decodeIfPresent(SavedReport.self, forKey: .session)?.report
    let status = try container.decodeIfPresent(SessionStatus.self, forKey: .status)
    isWithoutAddress = session == nil && status == .unreachable
  }
}

/// A sender's way in JSON.
private struct ReportedWalk: Encodable {
  let sender: String
  let outcome: String
  let visited: [Int]
  let last: String?
  let unvisited: Int

  init(_ walk: ExchangerWalk, _ places: [ReportedPlace]) {
    sender = walk.habit.id
    outcome =
      switch walk.end {
      case .delivered: "delivered"
      case .refused: "refused"
      case .queued: "queued"
      }
    visited = walk.visited
    last = walk.visited.last.map { places[$0].name }
    unvisited = walk.unvisited
  }
}
