import Diagnosis
import SMTPDialogue
import SessionOptions
import SessionTrace
import Testing

@testable import Probe
@testable import Simulation

/// Several messages over one connection, from the first word to the verdict.
@Suite("Several messages")
struct SeveralTests {
  /// Three messages with RSET between them, at a server that answers so where it is not as usual.
  private func play(
    _ answers: [String: String], messages: Int = 3, to recipients: [String] = ["r@example.com"],
    pipelining: PipeliningMode = .off
  ) throws -> (Trace, [String]) {
    let hello = ["EHLO": "250-mx.example.com\r\n250 HELP\r\n"]
    let server = ScriptedServer(ScriptedServer.Script(answers: hello.merging(answers) { $1 }))
    var dialogue = try DialoguePlan(
      ehloName: "probe.example.org",
      envelope: Envelope(
        sender: Array("s@example.org".utf8), recipients: recipients.map { Array($0.utf8) }),
      pipelining: pipelining, tls: .off)
    let content = Array("Subject: several\r\n\r\nhello\r\n".utf8)
    dialogue.message = MessagePlan(size: content.count)
    dialogue.messages = messages
    dialogue.resetsBetween = messages > 1
    var plan = SessionPlan(
      target: TargetPlan(given: "sim", place: .host("sim"), port: 25), dialogue: dialogue)
    plan.options = ["messages": .number(messages)]
    plan.content = {
      SimulatedContent(content, greatestChunk: 65_536, random: SeededRandom(seed: 1))
    }
    let network = PeerNetwork(server)
    var result: Trace?
    let session = Session(plan: plan, network: network) { result = $0 }
    network.clock.schedule(at: 1) { session.start() }
    withExtendedLifetime(session) {
      network.clock.run { result != nil || network.clock.isSpinning }
    }
    let words = String(decoding: server.inClear, as: UTF8.self).split(separator: "\r\n")
      .filter { $0.hasPrefix("MAIL") || $0 == "RSET" || $0 == "QUIT" }.map { String($0.prefix(4)) }
    return (try #require(result, "the session never ended"), words)
  }

  @Test("go one behind the other, with RSET between them")
  func all() throws {
    let (trace, words) = try play([:])
    #expect(words == ["MAIL", "RSET", "MAIL", "RSET", "MAIL", "QUIT"])
    #expect(verdict(of: trace).status == .ok && verdict(of: trace).exitCode == 0)
  }

  @Test(
    "end where RSET between them is refused, and leave is taken",
    arguments: [
      ("502 5.5.1 not here", SessionStatus.rejected, 39), ("452 4.3.1 enough", .deferred, 49),
    ])
  func refusedReset(reply: String, status: SessionStatus, exitCode: Int) throws {
    let (trace, words) = try play(["RSET": reply + "\r\n"])
    #expect(words == ["MAIL", "RSET", "QUIT"])
    #expect(trace.ending == .finished && trace.violations.isEmpty)
    #expect(trace.replies.last?.code == 221)
    let verdict = verdict(of: trace)
    #expect(verdict.status == status && verdict.stage == .quit && verdict.exitCode == exitCode)
  }

  @Test("end where the server leaves at RSET, without a QUIT")
  func leaves() throws {
    let (trace, words) = try play(["RSET": "421 4.3.2 going down\r\n"])
    #expect(words == ["MAIL", "RSET"])
    let verdict = verdict(of: trace)
    #expect(verdict.status == .deferred && verdict.stage == .quit && verdict.exitCode == 49)
  }

  @Test("cannot go on behind a reply to RSET that is none")
  func malformedReset() throws {
    let (trace, words) = try play(["RSET": "2x0 what\r\n"])
    #expect(words == ["MAIL", "RSET"])
    #expect(trace.ending == .protocolError && trace.violations.contains { $0.isFatal })
    let verdict = verdict(of: trace)
    #expect(verdict.status == .protocolError && verdict.stage == .quit && verdict.exitCode == 59)
  }

  @Test("are as many as MAILMAX allows, and no fewer is missed", arguments: [1, 2])
  func limit(most: Int) throws {
    let (trace, words) = try play([
      "EHLO": "250-mx.example.com\r\n250 LIMITS MAILMAX=\(most)\r\n", "QUIT": "421 4.3.2 bye\r\n",
    ])
    #expect(words.count { $0 == "MAIL" } == most)
    #expect(words.count { $0 == "RSET" } == most - 1 && words.last == "QUIT")
    let verdict = verdict(of: trace)
    #expect(verdict.status == .ok && verdict.exitCode == 0)
  }

  /// One message to three, of whom the server takes one at a time.
  private func playParts(
    _ answers: [String: String], limits: String = "RCPTMAX=1"
  ) throws -> (Trace, [String]) {
    let hello = ["EHLO": "250-mx.example.com\r\n250 LIMITS \(limits)\r\n"]
    return try play(
      hello.merging(answers) { $1 }, messages: 1,
      to: ["a@example.com", "b@example.com", "c@example.com"])
  }

  @Test("are the parts of one for a server that takes fewer recipients")
  func parts() throws {
    let (trace, words) = try playParts([:])
    #expect(words == ["MAIL", "MAIL", "MAIL", "QUIT"])
    let verdict = verdict(of: trace)
    #expect(verdict.status == .ok && verdict.exitCode == 0)
    #expect(
      verdict.summary.hasPrefix(
        "the message (27 bytes) was accepted in 3 of 3 transactions (RCPTMAX=1); mail"))
    #expect(
      trace.partOutcomes.map(\.recipients) == [
        ["a@example.com"], ["b@example.com"], ["c@example.com"],
      ])
    #expect(trace.partOutcomes.allSatisfy { $0.isTaken })
    // Each begins where the one before it ends.
    let bytes = trace.partOutcomes.compactMap(\.bytes)
    #expect(bytes.count == 3 && bytes[0].upperBound == bytes[1].lowerBound)
    #expect(bytes[1].upperBound == bytes[2].lowerBound)
    #expect(trace.ledger.answered == trace.ledger.written)
  }

  @Test(
    "go on behind a part whose recipients are refused",
    arguments: [
      (["RCPT #2": "550 5.1.1 no\r\n"], SessionStatus.ok, 0, 3),
      (["RCPT #1": "450 4.2.1 no\r\n"], .ok, 0, 3),
      (["RCPT #3": "550 5.1.1 no\r\n"], .ok, 0, 3),
      (["RCPT": "550 5.1.1 no\r\n"], .rejected, 36, 3),
      (["RCPT": "550 5.1.1 no\r\n", "RCPT #3": "450 4.2.1 no\r\n"], .deferred, 46, 3),
      (["MAIL #2": "452 4.5.3 enough\r\n"], .deferred, 45, 2),
      (["RCPT #2": "550 5.1.1 no\r\n", "MAIL #3": "452 4.5.3 enough\r\n"], .deferred, 45, 3),
      (["RCPT #1": "550 5.1.1 no\r\n", "MAIL #2": "452 4.5.3 enough\r\n"], .deferred, 45, 2),
      (["RCPT #2": "550 5.1.1 no\r\n", "RSET": "502 5.5.1 no\r\n"], .rejected, 39, 2),
      (["DATA #2": "554 5.7.1 no\r\n"], .rejected, 37, 2),
    ])
  func refusedPart(
    answers: [String: String], status: SessionStatus, exitCode: Int, begun: Int
  ) throws {
    let (trace, words) = try playParts(answers)
    let verdict = verdict(of: trace)
    #expect(verdict.status == status && verdict.exitCode == exitCode, "\(verdict.summary)")
    #expect(words.last == "QUIT" && trace.violations.isEmpty)
    #expect(words.count { $0 == "MAIL" } == begun)
  }

  @Test(
    "that were not all taken are not delivered, whoever was refused before",
    arguments: [
      (["RCPT #2": "550 5.1.1 no\r\n"], ["r@example.com"], SessionStatus.rejected, 36),
      (["RCPT #2": "450 4.2.1 no\r\n"], ["r@example.com"], .deferred, 46),
      (["RCPT #2": "421 4.3.2 bye\r\n"], ["r@example.com"], .deferred, 46),
      (["MAIL #2": "452 4.5.3 enough\r\n"], ["r@example.com"], .deferred, 45),
      (
        ["RCPT #2": "550 5.1.1 no\r\n", "MAIL #2": "452 4.5.3 enough\r\n"],
        ["r@example.com", "s@example.com"], .deferred, 45
      ),
      (
        [
          "RCPT #1": "450 4.2.1 no\r\n", "RCPT #3": "550 5.1.1 no\r\n",
          "RCPT #4": "550 5.1.1 no\r\n",
        ],
        ["r@example.com", "s@example.com"], .rejected, 36
      ),
    ], [PipeliningMode.off, .on])
  func notAll(
    row: (answers: [String: String], recipients: [String], status: SessionStatus, exitCode: Int),
    pipelining: PipeliningMode
  ) throws {
    let (trace, _) = try play(
      row.answers, messages: 2, to: row.recipients, pipelining: pipelining)
    let verdict = verdict(of: trace)
    #expect(
      verdict.status == row.status && verdict.exitCode == row.exitCode, "\(verdict.summary)")
    #expect(trace.messagesTaken == 1 && !trace.isMessageAccepted)
  }

  @Test("are not all taken where the server leaves at a part's recipient")
  func leavesAtPart() throws {
    let (trace, _) = try playParts(["RCPT #3": "421 4.3.2 bye\r\n"])
    let verdict = verdict(of: trace)
    #expect(verdict.status == .deferred && verdict.exitCode == 46, "\(verdict.summary)")
    #expect(trace.messagesTaken == 2 && !trace.isMessageAccepted)
  }

  @Test("are as many parts as MAILMAX allows, and it is told who is left over")
  func leftOver() throws {
    let (trace, words) = try playParts([:], limits: "RCPTMAX=1 MAILMAX=2")
    #expect(words == ["MAIL", "MAIL", "QUIT"])
    let verdict = verdict(of: trace)
    #expect(verdict.status == .ok && verdict.summary.hasSuffix("; 1 recipient left over"))
    #expect(trace.envelope?.parts?.leftOverRecipients == ["c@example.com"])
    #expect(
      trace.partOutcomes.last?.outcome == "left over for another connection")
  }

  @Test("are delivered, whatever is said of leave-taking behind the last")
  func leaveTaking() throws {
    let (trace, _) = try play(["QUIT": "500 5.5.1 what\r\n"])
    #expect(verdict(of: trace).status == .ok)
  }
}
