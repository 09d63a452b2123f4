import Diagnosis
import SessionTrace
import Testing

/// When a 421 says that a server wants no more of us: a sweep asks for its values again then.
@Suite("A session that is turned away")
struct TurnedAwayTests {
  struct Row: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var isTurnedAway: Bool
    var change: @Sendable (inout Trace) -> Void
  }

  static let rows: [Row] = [
    Row(testDescription: "in the greeting", isTurnedAway: true) { $0.end(.banner, "4.3.2 Busy") },
    Row(testDescription: "in the greeting, by a host without resources", isTurnedAway: true) {
      $0.end(.banner, "4.3.2 No system resources")
      $0.commands = []
    },
    Row(
      testDescription: "in the greeting, when the time for a PROXY header is over",
      isTurnedAway: false
    ) {
      $0.end(.banner, "4.3.2 No system resources")
      $0.commands = []
      $0.replies[0].wait = .seconds(5)
    },
    Row(
      testDescription: "in the greeting, when something else came than a PROXY header",
      isTurnedAway: false
    ) {
      $0.end(.banner, "4.3.2 No system resources")
    },
    Row(testDescription: "at MAIL", isTurnedAway: true) { $0.end(.mail, "4.7.0 Too many") },
    Row(testDescription: "at the first recipient", isTurnedAway: true) {
      $0.end(.rcpt, "4.7.0 Not now")
    },
    Row(testDescription: "at another recipient, about their number", isTurnedAway: false) {
      $0.end(.rcpt, "4.5.3 Too many recipients", behind: 3)
    },
    Row(testDescription: "at another recipient, about connections", isTurnedAway: true) {
      $0.end(.rcpt, "4.7.0 Too many connections", behind: 3)
    },
    Row(testDescription: "behind a long silence", isTurnedAway: false) {
      $0.end(.data, "4.3.0 Closing")
      $0.replies[$0.replies.count - 1].wait = .seconds(20)
    },
    Row(testDescription: "behind refusals, for too many errors", isTurnedAway: false) {
      $0.end(.data, "4.7.0 Error: too many errors")
      $0.replies.insert(reply(.rcpt, 504, "5.5.2 Helo command rejected"), at: 2)
    },
    Row(testDescription: "for too many errors, without any", isTurnedAway: true) {
      $0.end(.data, "4.7.0 Error: too many errors")
    },
    Row(testDescription: "at once, in the same words", isTurnedAway: true) {
      $0.end(.data, "4.3.0 Closing")
    },
    Row(testDescription: "in words of the server's patience", isTurnedAway: false) {
      $0.end(.data, "4.4.2 timeout exceeded")
    },
    Row(testDescription: "behind a message that was taken", isTurnedAway: false) {
      $0.end(.quit, "4.7.0 One message a connection", behind: 1)
      $0.content = ContentRecord(start: 0, taken: 10)
      $0.replies.insert(reply(.dot, 250, "2.0.0 Ok"), at: $0.replies.count - 1)
    },
  ]

  @Test("is one only where nothing was taken and nobody waited too long", arguments: rows)
  func turnedAway(row: Row) {
    var trace = Trace.healthy
    for index in trace.commands.indices { trace.commands[index].isAnswered = true }
    trace.ledger = Ledger(
      written: 100, sent: 100, acknowledged: 100, answered: 100, unsent: 0, received: 100)
    row.change(&trace)
    let session = SweepSession(
      value: 513, of: .messageSize, trace: trace, verdict: verdict(of: trace))
    #expect((session.turnedAwayBy != nil) == row.isTurnedAway)
    if row.isTurnedAway { #expect(session.turnedAwayBy?.hasPrefix("421 ") == true) }
  }
}

extension Trace {
  /// The session ends at that stage with 421, behind so many accepted recipients.
  fileprivate mutating func end(_ stage: Stage, _ text: String, behind accepted: Int = 0) {
    replies.removeAll { $0.stage >= min(stage, .rcpt) }
    for _ in 0..<accepted { replies.append(reply(.rcpt, 250, "2.1.5 Ok")) }
    replies.append(reply(stage, 421, text))
    endingStage = stage
    ending = .endOfStream
  }
}
