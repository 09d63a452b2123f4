import SessionOptions
import SessionTrace
import SMTPDialogue
import Testing

@Suite("Rehearsals")
struct RehearsalTests {
  private func summary(_ rehearsal: Rehearsal) -> [String] {
    rehearsal.steps.map { step in
      switch step {
      case .send(let flight): flight.commands.map(\.text).joined(separator: "|")
      case .handshake: "(TLS)"
      case .farewell(let flight): "with " + flight.commands.map(\.text).joined(separator: " / ")
      case .content: "(content)"
      case .chunks(let count): "(chunks \(count.map(String.init) ?? "?"))"
      }
    }
  }

  private static let full = ["PIPELINING", "SIZE 1000", "STARTTLS", "8BITMIME"]

  @Test(
    "A rehearsal has a QUIT that leaves with the end of the message, and a reply for each recipient"
  )
  func farewell() throws {
    let plan = try makePlan(to: ["a@b", "c@d"]) {
      $0.message = MessagePlan(size: 10)
      $0.isLMTP = true
      $0.quitsEarly = true
    }
    let rehearsal = try Rehearsal(plan, assuming: Capabilities(assumed: ["PIPELINING"]))
    #expect(
      summary(rehearsal) == [
        "LHLO probe.example", "MAIL FROM:<>|RCPT TO:<a@b>|RCPT TO:<c@d>|DATA", "(content)",
        "with QUIT",
      ])
  }

  @Test("A rehearsal sends what a session would")
  func sends() throws {
    let plan = try makePlan { $0.message = MessagePlan(size: 100, hasEightBit: false) }
    let rehearsal = try Rehearsal(plan, assuming: Capabilities(assumed: Self.full))
    #expect(
      summary(rehearsal) == [
        "EHLO probe.example", "STARTTLS", "(TLS)", "EHLO probe.example",
        "MAIL FROM:<> SIZE=100|RCPT TO:<postmaster>|DATA", "(content)", "QUIT",
      ])
    #expect(rehearsal.envelope?.size == 51)
    #expect(rehearsal.envelope?.pipelined == true)
  }

  @Test("A rehearsal without a message ends at DATA")
  func endsAtData() throws {
    let rehearsal = try Rehearsal(
      makePlan { $0.tls = .off }, assuming: Capabilities(assumed: Self.full))
    let envelope = "MAIL FROM:<>|RCPT TO:<postmaster>|DATA"
    #expect(summary(rehearsal) == ["EHLO probe.example", envelope])
  }

  @Test("EHLO before the greeting is part of the rehearsal")
  func countsEarlyEhlo() throws {
    let plan = try makePlan(pregreet: true) { $0.stop = .helo }
    let rehearsal = try Rehearsal(plan, assuming: Capabilities())
    #expect(summary(rehearsal) == ["EHLO probe.example", "QUIT"])
    #expect(rehearsal.envelope == nil)
  }

  @Test("Every stop comes to an end", arguments: StopPoint.allCases, PipeliningMode.allCases)
  func ends(_ stop: StopPoint, _ pipelining: PipeliningMode) throws {
    for tls in TLSMode.allCases {
      let plan = try makePlan(to: ["a@b", "c@d"], pregreet: stop == .rcpt) {
        $0.stop = stop
        $0.pipelining = pipelining
        $0.tls = tls
        $0.message = MessagePlan(size: 5)
      }
      for offered in [[], Self.full] {
        let rehearsal = try Rehearsal(plan, assuming: Capabilities(assumed: offered))
        let stages = Set(
          rehearsal.steps.flatMap { step in
            if case .send(let flight) = step { flight.commands.map(\.stage) } else { [Stage]() }
          })
        #expect(!stages.contains(.data) || stop == .data || stop == .dot)
        #expect(!stages.contains(.rcpt) || stop == .rcpt || stop == .data || stop == .dot)
        #expect(rehearsal.steps.contains(.content) == (stop == .dot && stages.contains(.data)))
      }
    }
  }
}
