import Diagnosis
import SessionTrace
import Testing

/// Sources of the limits: postconf(5), Exim's specification, RFC 5321 section 5.1.
@Suite("A sender's way down a domain's list")
struct ExchangerWalkTests {
  /// How places end, by a word: `ok`, a status with its stage, `no address`.
  private static func place(_ word: String) throws -> PlaceOutcome {
    if word == "no address" {
      return PlaceOutcome(withoutSession: "mx has no address", hasAddress: false)
    }
    let parts = word.split(separator: "@").map(String.init)
    let status = try #require(SessionStatus(rawValue: parts[0]))
    let stage = try #require(Stage(rawValue: parts.count > 1 ? parts[1] : "data"))
    let verdict = Verdict(
      status: status, stage: stage, exitCode: 0, waited: 0, summary: word, custody: nil,
      pending: Pending(commands: 0, answered: 0, firstUnanswered: nil), ledger: Ledger(),
      partialReply: nil, error: nil)
    return PlaceOutcome(verdict, wasReached: status != .unreachable)
  }

  struct Row: Sendable, CustomTestStringConvertible {
    let places: [String]
    let sender: String
    let end: ExchangerWalk.End
    let visited: Int
    var unvisited = 0

    var testDescription: String { "\(sender): \(places.joined(separator: ", "))" }
  }

  static let refused = "unreachable@connect"
  static let rows = [
    Row(places: ["ok", "ok"], sender: "rfc5321", end: .delivered, visited: 1),
    Row(places: [refused, "ok"], sender: "postfix", end: .delivered, visited: 2),
    Row(
      places: ["no address", "deferred@banner", "ok"], sender: "exim", end: .delivered, visited: 3),
    // A 5xx about the host is no refusal of the mail, and one about the envelope is.
    Row(places: ["rejected@banner", "ok"], sender: "postfix", end: .delivered, visited: 2),
    Row(places: ["rejected@ehlo", "ok"], sender: "exim", end: .delivered, visited: 2),
    Row(places: ["rejected@rcpt", "ok"], sender: "rfc5321", end: .refused, visited: 1),
    Row(places: ["rejected@mail", "ok"], sender: "postfix", end: .refused, visited: 1),
    // Two sessions are all that Postfix makes; connections that fail are none.
    Row(
      places: ["stalled@banner", "closed@data", "ok"], sender: "postfix", end: .queued, visited: 2,
      unvisited: 1),
    Row(
      places: [refused, refused, "deferred@rcpt", "ok"], sender: "postfix", end: .delivered,
      visited: 4),
    Row(
      places: ["stalled@banner", "closed@data", "ok"], sender: "rfc5321", end: .delivered,
      visited: 3),
    // Five addresses, of either.
    Row(
      places: Array(repeating: refused, count: 5) + ["ok"], sender: "exim", end: .queued,
      visited: 5, unvisited: 1),
    Row(
      places: Array(repeating: refused, count: 5) + ["ok"], sender: "postfix", end: .queued,
      visited: 5, unvisited: 1),
    Row(
      places: Array(repeating: refused, count: 5) + ["ok"], sender: "rfc5321", end: .delivered,
      visited: 6),
    Row(places: [], sender: "rfc5321", end: .queued, visited: 0),
  ]

  @Test(
    "ends where that sender gives the mail away, gets it back, or has had enough", arguments: rows)
  func ends(row: Row) throws {
    let habit = try #require(SenderHabit.all.first { $0.id == row.sender })
    let walk = ExchangerWalk(habit, through: try row.places.map(Self.place))
    #expect(walk.end == row.end)
    #expect(walk.visited == Array(0..<row.visited))
    #expect(walk.unvisited == row.unvisited)
  }
}
