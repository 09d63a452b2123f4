import SessionOptions
import SessionTrace
@testable import SMTPDialogue
import Testing

/// The promise of `--envelope-size`: every size from the smallest up, to the byte.
@Suite("Padding")
struct PaddingTests {
  struct Row: CustomTestStringConvertible, Sendable {
    var sender: String
    var recipients: [String]
    var offered: [String]
    var messageSize: Int?
    var ehloName = "probe.example"
    var parameters: [String] = []
    var testDescription: String {
      "<\(sender.prefix(30))> to \(recipients.count) with \(offered) \(messageSize ?? -1)"
    }

    func plan(_ padding: PaddingPlan, pipelining: PipeliningMode = .on) throws -> DialoguePlan {
      let parameters = try parameters.map { try ESMTPParameter(option: $0) }
      return try makePlan(from: sender, to: recipients, ehloName: ehloName) {
        $0.padding = padding
        $0.mailParameters = parameters
        $0.pipelining = pipelining
        $0.message = messageSize.map { MessagePlan(size: $0) }
      }
    }
  }

  static let rows: [Row] = [
    Row(sender: "", recipients: ["postmaster"], offered: []),
    Row(sender: "", recipients: ["postmaster"], offered: ["SIZE 1000000"]),
    Row(sender: "", recipients: ["postmaster"], offered: ["SIZE"], messageSize: 12_345),
    Row(sender: "", recipients: ["postmaster@mail.example.com"], offered: ["SIZE"]),
    Row(sender: "", recipients: ["postmaster@mail.example.com"], offered: []),
    Row(sender: "", recipients: ["a@b", "someone.else@long-name.example.org"], offered: ["SIZE"]),
    Row(sender: "", recipients: ["x"], offered: [], ehloName: "[192.0.2.1]"),
    Row(
      sender: "", recipients: [String(repeating: "l", count: 200) + "@x"], offered: ["SIZE"]),
    Row(sender: "", recipients: [String(repeating: "l", count: 200) + "@x"], offered: []),
    Row(
      sender: "", recipients: ["postmaster"], offered: [],
      ehloName: String(repeating: "e", count: 255)),
    Row(sender: "user@example.org", recipients: ["postmaster"], offered: ["SIZE"]),
    // The user's SIZE is not ours to pad.
    Row(
      sender: "", recipients: ["postmaster"], offered: ["SIZE"], messageSize: 7,
      parameters: ["SIZE=5"]),
    Row(sender: "root", recipients: ["a@b.example", "c@d.example", "e@f.example"], offered: []),
    Row(sender: "\"odd @ name\"@example.org", recipients: ["postmaster"], offered: []),
    Row(
      sender: String(repeating: "s", count: 64) + "@example.org", recipients: ["postmaster"],
      offered: []),
    Row(
      sender: "u@" + String(repeating: "d", count: 250), recipients: ["a@b", "postmaster"],
      offered: ["SIZE"]),
  ]

  @Test("Every size up to 5,000 is met to the byte, with given recipients only", arguments: rows)
  func everySize(_ row: Row) throws {
    let offered = Capabilities(assumed: row.offered)
    let given = row.recipients.map { Array("RCPT TO:<\($0)>\r\n".utf8) }
    let smallest = Rehearsal.smallestEnvelope(of: try row.plan(PaddingPlan()), assuming: offered)
    for size in smallest...5000 {
      let plan = try row.plan(PaddingPlan(target: size))
      let envelope = PreparedEnvelope(
        plan, part: plan.envelope, offered: offered, isPipelined: true, flightOverhead: 0)
      let lines = envelope.lines.map(\.bytes)
      #expect(lines.reduce(0) { $0 + $1.count } == size)
      #expect(lines.last == Array("DATA\r\n".utf8))
      let recipients = lines.dropFirst().dropLast()
      let areInTurn = recipients.indices.allSatisfy {
        recipients[$0] == given[($0 - 1) % given.count]
      }
      #expect(areInTurn, "recipients are repeated in turn at \(size)")

      let mail = try ParsedMail(#require(lines.first))
      #expect(mail.isOfForm, "\(mail.text)")
      #expect(
        mail.hasSender(of: row) || envelope.notes.contains { $0.contains("for the null sender") })
      #expect(mail.trailingSpaces == 0 || envelope.notes.contains { $0.contains("spaces") })
      #expect(mail.isInsideLimits(row) || envelope.notes.contains { $0.contains("limit") })
      #expect(envelope.record.size == size)
      #expect(envelope.record.padding == size - smallest)
      #expect(envelope.record.recipientCommands == recipients.count)
    }
  }

  @Test("Without pipelining the same commands leave one by one", arguments: rows)
  func oneByOne(_ row: Row) throws {
    let offered = Capabilities(assumed: row.offered)
    for size in [600, 1025] {
      let together = try Rehearsal(row.plan(PaddingPlan(target: size)), assuming: offered)
      let apart = try Rehearsal(
        row.plan(PaddingPlan(target: size), pipelining: .off), assuming: offered)
      let bytes = envelopeFlights(of: together).flatMap(\.bytes)
      #expect(envelopeFlights(of: apart).flatMap(\.bytes) == bytes)
      #expect(bytes.count == size)
      #expect(envelopeFlights(of: apart).allSatisfy { $0.commands.count == 1 })
    }
  }

  @Test(
    "The default envelope meets the boundary sizes without leaving its null sender",
    arguments: [512, 513, 514, 1024, 1025, 1026])
  func boundarySizes(_ size: Int) throws {
    let plan = try makePlan { $0.padding.target = size }
    let rehearsal = try Rehearsal(
      plan, assuming: Capabilities(assumed: ["PIPELINING", "SIZE 10240000"]))
    #expect(envelopeFlights(of: rehearsal).map(\.bytes.count) == [size])
    #expect(rehearsal.envelope?.sender == "")
    #expect(rehearsal.notes == [])
  }

  @Test("A size under the smallest is refused, and the smallest named", arguments: [0, 1, 41])
  func tooSmall(_ size: Int) throws {
    let plan = try makePlan { $0.padding.target = size }
    #expect(throws: EnvelopeError.sizeTooSmall(asked: size, smallest: 42)) {
      try Rehearsal(plan, assuming: Capabilities())
    }
    #expect(EnvelopeError.sizeTooSmall(asked: size, smallest: 42).description.contains("42"))
  }

  @Test(
    "A minimum fills the flight on the wire, and shortens nothing",
    arguments: [(513, 0, 513), (513, 22, 491), (42, 0, 42), (20, 0, 42), (50, 22, 42)])
  func minimum(_ minimum: Int, _ overhead: Int, _ size: Int) throws {
    let plan = try makePlan {
      $0.padding.minimum = minimum
      $0.tls = .auto
    }
    let offered = ["PIPELINING", "SIZE"] + (overhead > 0 ? ["STARTTLS"] : [])
    let rehearsal = try Rehearsal(
      plan, assuming: Capabilities(assumed: offered), flightOverhead: overhead)
    #expect(envelopeFlights(of: rehearsal).map(\.bytes.count) == [size])
  }

  @Test("Nothing is padded for a flight that there is not")
  func minimumWithoutPipelining() throws {
    let plan = try makePlan { $0.padding.minimum = 513 }
    let rehearsal = try Rehearsal(plan, assuming: Capabilities())
    #expect(rehearsal.envelope?.padding == 0)
    #expect(hasNote(rehearsal, "not padded to 513"))
  }

  @Test("A shortened envelope has the size asked for, too", arguments: [StopPoint.mail, .rcpt])
  func shortened(_ stop: StopPoint) throws {
    for size in 60...700 {
      let plan = try makePlan(from: "user@example.org") {
        $0.stop = stop
        $0.padding.target = size
      }
      let rehearsal = try Rehearsal(plan, assuming: Capabilities(assumed: ["PIPELINING"]))
      #expect(envelopeFlights(of: rehearsal).first?.bytes.count == size)
    }
  }

  private func hasNote(_ rehearsal: Rehearsal, _ words: String) -> Bool {
    rehearsal.notes.contains { $0.contains(words) }
  }
}

/// The flights that carry the envelope.
func envelopeFlights(of rehearsal: Rehearsal) -> [Flight] {
  rehearsal.steps.compactMap { step in
    guard case .send(let flight) = step,
      let stage = flight.commands.first?.stage, [.mail, .rcpt, .data].contains(stage)
    else { return nil }
    return flight
  }
}
