import Diagnosis
@testable import Probe
import SessionOptions
import SessionTrace
import SMTPDialogue
import Testing
@testable import Simulation

/// What is asked of a connection beside the session, and that the session does not notice.
@Suite("Nudging")
struct NudgeTests {
  private static let stalled = Scenario.breaking(at: .mail, .silence)

  /// The trace without what was added to it.
  private static func bare(_ trace: Trace) -> Trace {
    var trace = trace
    trace.nudge = nil
    trace.hops = nil
    return trace
  }

  @Test("A nudged session is the same but for the nudge", arguments: 0..<20)
  func changesNothing(row: Int) throws {
    for seed in (row * 50)..<(row * 50 + 50) {
      let scenario = Scenario.random(seed: seed)
      let plain = try Trial(scenario)
      let nudged = try Trial(scenario.with { $0.nudges = true })
      #expect(Self.bare(nudged.trace) == plain.trace, "seed \(seed)")
      #expect(nudged.finishes == 1, "seed \(seed)")
      let hasQuit = plain.trace.commands.contains { $0.stage == .quit }
      let ledger = plain.trace.ledger
      let isSilence =
        plain.trace.ending == .timedOut(.reply) && ledger.acknowledged == ledger.written && !hasQuit
      #expect((nudged.trace.nudge != nil) == isSilence, "seed \(seed)")
      let asked = try Trial(
        scenario.with {
          $0.countsHops = true
          $0.hopsToEnd = 2
        })
      #expect(asked.finishes == 1, "seed \(seed)")
      if !hasQuit { #expect(Self.bare(asked.trace) == plain.trace, "seed \(seed)") }
    }
  }

  @Test("A silence goes on: acknowledged, and nothing comes for the whole time")
  func silence() throws {
    let trial = try Trial(Self.stalled.with { $0.nudges = true })
    let nudge = try #require(trial.trace.nudge)
    #expect(nudge.sent == trial.trace.duration)
    #expect(try #require(nudge.acknowledged) > nudge.sent)
    #expect(nudge.first == nil && nudge.receivedBytes == 0 && nudge.text.isEmpty)
    #expect(nudge.listened == .seconds(5))
    #expect(!nudge.closed && nudge.failure == nil)
    #expect(trial.trace.hops == nil)
  }

  @Test("No longer is listened than a reply may take, nor than the session may")
  func limits() throws {
    let short = try Trial(
      Self.stalled.with {
        $0.nudges = true
        $0.replyTimeout = .seconds(2)
      })
    #expect(short.trace.nudge?.listened == .seconds(2))
    let total = try Trial(
      Self.stalled.with {
        $0.nudges = true
        $0.replyTimeout = .seconds(4)
        $0.totalTimeout = .seconds(6)
      })
    let nudge = try #require(total.trace.nudge)
    #expect(total.trace.ending == .timedOut(.reply))
    #expect(nudge.sent + nudge.listened == .seconds(6))
  }

  @Test("Nothing is sent where bytes of ours are outstanding, or nobody is there to answer")
  func notSent() throws {
    for scenario in [
      try Scenario.swallowing(.mail), .breaking(at: .mail, .closes), .breaking(at: .mail, .resets),
      .breaking(at: .mail, .stopsReading).with { $0.there.blackHole = 0 },
      .honest, Self.stalled.with { $0.interruptAt = .seconds(3) },
      Self.stalled.with { $0.totalTimeout = .seconds(3) }, .breaking(at: .quit, .silence),
    ] {
      #expect(try Trial(scenario.with { $0.nudges = true }).trace.nudge == nil)
    }
  }

  @Test("A reset that answers the nudge is part of the nudge")
  func reset() throws {
    // A server that thinks too long about its greeting, and goes away when it is talked to.
    let trial = try Trial(
      .honest.with {
        $0.nudges = true
        $0.replyTimeout = .seconds(3)
        $0.server.thinks = .seconds(100)
        $0.server.fault = .afterReading(6, .resets)
      })
    #expect(trial.verdict.status == .stalled && trial.verdict.stage == .banner)
    #expect(trial.trace.wireError == nil)
    #expect(trial.trace.nudge?.failure?.name == "ECONNRESET")
  }

  @Test(
    "Who acknowledges is found by distance, in a session that goes well and in one that stalls",
    arguments: [
      Scenario.honest, .honest.with { $0.message = nil }, NudgeTests.stalled,
      .honest.with { $0.server.mail = 550 },
    ], 1...5)
  func hops(scenario: Scenario, distance: Int) throws {
    let plain = try Trial(scenario)
    let trial = try Trial(
      scenario.with {
        $0.countsHops = true
        $0.hopsToEnd = distance
        $0.hopsToAddress = 3
      })
    let hops = try #require(trial.trace.hops)
    #expect(hops.acknowledgedAtTTL == distance)
    #expect(hops.greatestTTL == distance)
    #expect(hops.pathHops == 3)
    #expect(hops.reporters.map(\.ttl) == [3])
    #expect(trial.verdict.status == plain.verdict.status)
    #expect(trial.verdict.stage == plain.verdict.stage)
    #expect(trial.verdict.custody == plain.verdict.custody)
    #expect(trial.trace.replies.map(\.code) == plain.trace.replies.map(\.code))
    #expect(trial.finishes == 1)
    let ledger = trial.trace.ledger
    #expect(ledger.acknowledged == ledger.written && ledger.unsent == 0)
  }

  @Test("Before QUIT the reply is read, and QUIT's own is not mistaken for it")
  func beforeQuit() throws {
    let plain = try Trial(.honest)
    let trial = try Trial(.honest.with { $0.countsHops = true })
    let nudge = try #require(trial.trace.nudge)
    #expect(nudge.text == "500 what?\\r\\n")
    #expect(nudge.receivedBytes == 11)
    #expect(trial.trace.ledger.written == plain.trace.ledger.written + 6)
    #expect(trial.trace.ledger.answered == trial.trace.ledger.written)
    #expect(trial.trace.ledger.received == plain.trace.ledger.received + 11)
    #expect(trial.trace.replies.last?.code == 221)
    let quit = try #require(trial.trace.commands.last)
    #expect(quit.text == "QUIT" && quit.end == trial.trace.ledger.written)
  }

  @Test("A nudge is not counted among the segments of a plan")
  func segments() throws {
    for distance in 1...3 {
      let trial = try Trial(
        .honest.with {
          $0.segmentation = Segmentation(plan: .sizes([.bytes(7)]))
          $0.countsHops = true
          $0.hopsToEnd = distance
        })
      let planned = trial.trace.segments.kept.compactMap(\.asPlanned)
      #expect(planned.count > 10 && planned.allSatisfy(\.self))
    }
  }

  @Test("Beyond the steps the segment still arrives, and the session goes on")
  func farAway() throws {
    let trial = try Trial(
      .honest.with {
        $0.countsHops = true
        $0.hopsToEnd = 12
        $0.hopsToAddress = nil
      })
    let hops = try #require(trial.trace.hops)
    #expect(hops.acknowledgedAtTTL == nil)
    #expect(hops.greatestTTL == 5)
    #expect(hops.pathHops == nil)
    #expect(trial.trace.nudge?.text == "500 what?\\r\\n")
    #expect(trial.verdict.status == .ok)
    #expect(trial.trace.replies.last?.code == 221)
  }

  @Test("Without a reply to NOOP no QUIT is sent, since it would get that one")
  func unanswered() throws {
    let trial = try Trial(
      .honest.with {
        $0.countsHops = true
        $0.server.fault = .beforeReply(6, .silence)
      })
    #expect(trial.verdict.status == .ok)
    #expect(!trial.trace.commands.contains { $0.stage == .quit })
    #expect(trial.trace.notes == ["NOOP was not answered, so QUIT was not sent"])
    let nudge = try #require(trial.trace.nudge)
    #expect(nudge.sent + nudge.listened == nudge.acknowledged.map { $0 + .seconds(5) })
    #expect(trial.trace.hops?.acknowledgedAtTTL == 1)
  }

  @Test(
    "A server that hangs up on NOOP ends the session as it does otherwise",
    arguments: [
      ServerPlan.End.closes, .resets,
    ])
  func hangsUp(how: ServerPlan.End) throws {
    let scenario = Scenario.honest.with { $0.server.fault = .beforeReply(6, how) }
    let plain = try Trial(scenario)
    let trial = try Trial(scenario.with { $0.countsHops = true })
    #expect(trial.verdict.status == plain.verdict.status)
    #expect(trial.verdict.stage == plain.verdict.stage)
    #expect(trial.trace.nudge?.closed == (how == .closes))
    #expect((trial.trace.nudge?.failure != nil) == (how == .resets))
    #expect(trial.trace.hops?.pathHops == 1)
  }

  @Test(
    "A signal ends a nudge at once, and the verdict is what it was without",
    arguments: [
      Microseconds.milliseconds(500), .seconds(1), .seconds(4),
    ])
  func interrupted(after delay: Microseconds) throws {
    let plain = try Trial(Self.stalled)
    let trial = try Trial(
      Self.stalled.with {
        $0.countsHops = true
        $0.hopsToEnd = 3
        $0.interruptAt = plain.trace.duration + delay
      })
    #expect(Self.bare(trial.trace) == plain.trace)
    #expect(try #require(trial.trace.nudge).listened <= delay)
    #expect(trial.finishes == 1)
    let quitting = try Trial(
      .honest.with {
        $0.countsHops = true
        $0.hopsToEnd = 9
        $0.interruptAt = .seconds(2)
      })
    #expect(quitting.verdict.status == .interrupted)
    #expect(quitting.trace.nudge != nil)
    #expect(quitting.finishes == 1)
  }
}
