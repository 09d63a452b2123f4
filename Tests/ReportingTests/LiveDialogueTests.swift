import Diagnosis
import SessionTrace
import Testing

@testable import Reporting

/// A dialogue that is shown while it goes, of a session whose trace is bounded when it ends.
@Suite("A dialogue as it goes")
struct LiveDialogueTests {
  /// Very many recipients, each answered by itself, the last but a few refused; as the probe has it before the end.
  private static let long: Trace = {
    var session = Session(arguments: ["smtpprobe", "mx.example.com"])
    session.connect()
    session.greet()
    for index in 0..<3_000 {
      let at = 100_000 + 1_000 * Microseconds(index)
      session.send(.rcpt, "RCPT TO:<user\(index)@example.org>", flight: 5 + index, at: at)
      session.receive(.rcpt, index == 2_900 ? 550 : 250, ["ok \(index)"], at: at + 500, wait: 500)
    }
    session.trace.ending = .timedOut(.reply)
    session.trace.endingStage = .data
    session.trace.duration = 90_000_000
    return session.trace
  }()

  /// The session as it was when so many recipients had their answer.
  private func trace(upTo recipients: Int) -> Trace {
    var trace = Self.long
    trace.commands.removeLast(3_000 - recipients)
    trace.replies.removeLast(3_000 - recipients)
    return trace
  }

  @Test(
    "goes on in a bounded trace where it has come to, and passes nothing over",
    arguments: [0, 1, 400, 900, 1_000, 1_500, 2_899, 2_950, 3_000])
  func folded(told: Int) throws {
    let mark = DialogueMark().moved(in: trace(upTo: told))
    var bounded = Self.long
    bounded.bound()
    #expect(bounded.commands.count < 2_500)
    let place = mark.folded(in: bounded)
    let commands = bounded.commands.map { number(in: $0.text) ?? -1 }
    let replies = bounded.replies.map { number(in: $0.lines[0]) ?? -1 }
    #expect(place.commands == commands.count { $0 < told })
    #expect(place.replies == replies.count { $0 < told })
  }

  /// Of the recipient that a command or a reply is about.
  private func number(in text: String) -> Int? { Int(text.filter(\.isNumber)) }

  @Test(
    "says of a wait how long it is, on a terminal of any width",
    arguments: [
      (Int.max, "waiting for the reply to RCPT TO:<user9@example.org> ... 12 s of 30 s"),
      (79, "waiting for the reply to RCPT TO:<user9@example.org> ... 12 s of 30 s"),
      (39, "waiting for the reply ... 12 s of 30 s"), (20, "wai ... 12 s of 30 s"),
    ])
  func wait(room: Int, words: String) {
    var trace = trace(upTo: 10)
    trace.replies.removeLast()
    trace.commands[trace.commands.count - 1].isAnswered = false
    let text = waitInWords(.reply, in: trace, for: 12_300_000, of: 30_000_000, room: room)
    #expect(text == words)
  }

  @Test("shows what came last, and shows it once", arguments: [10, 1_000, 2_000, 2_950])
  func shown(told: Int) {
    let look = Look(style: .plain)
    var live = LiveDialogue()
    var shown = live.news(of: trace(upTo: told), look)
    var bounded = Self.long
    bounded.bound()
    shown += live.end(of: bounded, look)
    let text = String(decoding: shown, as: UTF8.self)
    for words in ["ok 2900", "<user2999@example.org>", "S: 220 "] {
      #expect(text.ranges(of: words).count == 1, "\(words)")
    }
  }
}
