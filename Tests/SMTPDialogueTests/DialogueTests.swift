import SessionOptions
import SessionTrace
import SMTPDialogue
import Testing

/// Whole sessions as rows; every read is also cut at every byte.
@Suite("Dialogues")
struct DialogueTests {
  @Test(
    "A session goes as its script says",
    arguments: Session.all + Session.ofOneRead + Session.early)
  func follows(_ session: Session) throws {
    let played = try session.script.play(session.plan())
    for (turn, lines) in zip(session.script.turns, played.lines) {
      #expect(lines == turn.expected, "after \(turn.event)")
    }
  }

  @Test("A session cut at any byte is the same session", arguments: Session.all)
  func survivesCuts(_ session: Session) throws {
    let plan = try session.plan()
    let whole = session.script.play(plan).actions
    for (index, turn) in session.script.turns.enumerated() {
      guard case .input(.bytes(let bytes)) = turn.event else { continue }
      for cut in 1..<max(bytes.count, 1) {
        let played = session.script.play(plan) { turn, bytes in
          turn == index ? [Array(bytes[..<cut]), Array(bytes[cut...])] : [bytes]
        }
        #expect(played.actions == whole, "turn \(index) cut at \(cut)")
      }
    }
  }

  @Test("A session fed byte by byte is the same session", arguments: Session.all)
  func survivesDrip(_ session: Session) throws {
    let plan = try session.plan()
    let dripped = session.script.play(plan) { _, bytes in bytes.map { [$0] } }
    #expect(dripped.actions == session.script.play(plan).actions)
  }

  @Test("Each flight's bytes are its commands'", arguments: Session.all)
  func flightsAddUp(_ session: Session) throws {
    for case .send(let flight) in try session.script.play(session.plan()).actions {
      let text = flight.commands.map { $0.text + "\\r\\n" }.joined()
      // A secret is as many stars.
      let shown = zip(escapedText(flight.bytes), text).map { $1 == "*" ? "*" : $0 }
      #expect(String(shown) == text)
      #expect(flight.bytes.count == flight.commands.reduce(0) { $0 + $1.length })
    }
  }
}

/// A row: a plan and its script.
struct Session: CustomStringConvertible, Sendable {
  let script: DialogueScript
  let plan: @Sendable () throws -> DialoguePlan
  var description: String { script.description }

  init(
    _ name: String, _ text: String,
    plan: @escaping @Sendable () throws -> DialoguePlan = { try makePlan() }
  ) {
    script = DialogueScript(name, text)
    self.plan = plan
  }
}
