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
  private func play(_ answers: [String: String], messages: Int = 3) throws -> (Trace, [String]) {
    let hello = ["EHLO": "250-mx.example.com\r\n250 HELP\r\n"]
    let server = ScriptedServer(ScriptedServer.Script(answers: hello.merging(answers) { $1 }))
    var dialogue = try DialoguePlan(
      ehloName: "probe.example.org",
      envelope: Envelope(
        sender: Array("s@example.org".utf8), recipients: [Array("r@example.com".utf8)]),
      pipelining: .off, tls: .off)
    let content = Array("Subject: several\r\n\r\nhello\r\n".utf8)
    dialogue.message = MessagePlan(size: content.count)
    dialogue.messages = messages
    dialogue.resetsBetween = true
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

  @Test("are delivered, whatever is said of leave-taking behind the last")
  func leaveTaking() throws {
    let (trace, _) = try play(["QUIT": "500 5.5.1 what\r\n"])
    #expect(verdict(of: trace).status == .ok)
  }
}
