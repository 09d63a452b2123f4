import Diagnosis
import SessionOptions
import SessionTrace
import Testing

@testable import Probe
@testable import Simulation

/// How a session takes leave, down to the segments.
@Suite("Leaving")
struct LeavingTests {
  private static let message = Array("Subject: x\r\n\r\nhello\r\n".utf8)

  private static let early = Scenario.honest.with {
    $0.message = message
    $0.pipelining = .auto
    $0.quitsEarly = true
  }

  @Test("QUIT leaves in one write with the end of the message, and both are answered")
  func dotAndQuit() throws {
    let trial = try Trial(Self.early)
    let dot = try #require(trial.trace.commands.first { $0.stage == .dot })
    let quit = try #require(trial.trace.commands.last)
    #expect(quit.text == "QUIT" && quit.start == dot.end && quit.end == dot.end + 6)
    #expect(trial.trace.content?.endOfData == dot.end)
    let last = try #require(trial.trace.segments.kept.last)
    #expect(last.offset < dot.end && last.offset + last.length == quit.end)
    #expect(trial.verdict.status == .ok && trial.verdict.stage == .quit)
    #expect(trial.trace.ledger.answered == quit.end)
  }

  @Test("a plan of one command a segment keeps them apart")
  func commandByCommand() throws {
    let trial = try Trial(
      Self.early.with { $0.segmentation = Segmentation(plan: .command) })
    #expect(trial.trace.segments.kept.last?.length == 6)
    #expect(trial.verdict.status == .ok)
  }

  @Test("a message that is not answered is not delivered by a goodbye")
  func goodbyeWithoutReply() throws {
    let trial = try Trial(
      Self.early.with { $0.server.fault = .beforeReply(5, .closes) })
    #expect(trial.verdict.status == .closed && trial.verdict.stage == .dot)
  }

  @Test("our direction is closed behind QUIT, and replies still come", arguments: [true, false])
  func halfClose(quitsEarly: Bool) throws {
    let trial = try Trial(
      Self.early.with {
        $0.quitsEarly = quitsEarly
        $0.halfCloses = true
      })
    let closed = try #require(trial.trace.halfClosed)
    let quit = try #require(trial.trace.commands.last?.written)
    #expect(closed >= quit)
    #expect(trial.verdict.status == .ok)
    let dot = try #require(trial.trace.replies.first { $0.stage == .dot })
    #expect(quitsEarly == (closed < dot.at))
  }

  @Test("a session that keeps its direction open says so")
  func open() throws {
    #expect(try Trial(Self.early).trace.halfClosed == nil)
  }
}
