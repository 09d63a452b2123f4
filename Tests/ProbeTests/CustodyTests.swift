import Diagnosis
@testable import Probe
import SessionOptions
import SessionTrace
import SMTPDialogue
import Testing
@testable import Simulation

/// Each custody at each stage where it can be, on the simulated network.
@Suite("Custody by stage")
struct CustodyTests {
  static let answeredStages: [Stage] = [.ehlo, .mail, .rcpt, .data, .dot, .quit]

  private func expect(
    _ status: SessionStatus, at stage: Stage, _ custody: Custody?, in scenario: Scenario
  ) throws {
    let trial = try Trial(scenario)
    #expect(trial.verdict.status == status)
    #expect(trial.verdict.stage == stage)
    #expect(trial.verdict.custody == custody)
    #expect(trial.claim == trial.truth)
    #expect(trial.complaints.isEmpty)
  }

  @Test("An honest server takes the message, pipelined or not", arguments: [true, false])
  func honest(isPipelining: Bool) throws {
    let trial = try Trial(.honest.with { $0.pipelining = isPipelining ? .on : .off })
    #expect(trial.verdict.status == .ok)
    #expect(trial.claim == trial.truth)
    #expect(trial.complaints.isEmpty)
  }

  @Test("Silence instead of a greeting is the peer's silence")
  func silentBanner() throws {
    try expect(.stalled, at: .banner, .peerSilent, in: .breaking(at: .banner, .silence))
  }

  @Test("Silence after bytes that were acknowledged", arguments: answeredStages)
  func silence(stage: Stage) throws {
    try expect(.stalled, at: stage, .acknowledgedUnanswered, in: .breaking(at: stage, .silence))
  }

  @Test("A reply that begins and does not end", arguments: [.banner] + answeredStages)
  func cutReply(stage: Stage) throws {
    try expect(.stalled, at: stage, .replyCutShort, in: .cuttingReply(of: stage))
  }

  @Test("Bytes that the path swallows", arguments: [.ehlo, .mail, .rcpt, .data, .quit] as [Stage])
  func swallowed(stage: Stage) throws {
    try expect(.stalled, at: stage, .unacknowledged, in: .swallowing(stage))
  }

  @Test("An end of data that the path swallows leaves the session in the body")
  func swallowedDot() throws {
    try expect(.stalled, at: .body, .unacknowledged, in: .swallowing(.dot))
  }

  @Test("Bytes before the greeting that the path swallows")
  func swallowedPregreet() throws {
    try expect(
      .stalled, at: .banner, .unacknowledged,
      in: .breaking(at: .banner, .silence).with {
        $0.pregreet = true
        $0.there.blackHole = 0
      })
  }

  @Test("FIN instead of a reply", arguments: answeredStages)
  func closed(stage: Stage) throws {
    try expect(.closed, at: stage, .acknowledgedUnanswered, in: .breaking(at: stage, .halfCloses))
  }

  @Test("FIN or RST instead of a greeting", arguments: [ServerPlan.End.halfCloses, .resets])
  func brokenBanner(how: ServerPlan.End) throws {
    let status: SessionStatus = how == .resets ? .reset : .closed
    try expect(status, at: .banner, .peerSilent, in: .breaking(at: .banner, how))
  }

  @Test("RST instead of a reply", arguments: [.ehlo, .mail, .rcpt, .data, .dot, .quit] as [Stage])
  func reset(stage: Stage) throws {
    // The ACK of the command leaves before the reset: it is the command that provokes it.
    try expect(.reset, at: stage, .acknowledgedUnanswered, in: .breaking(at: stage, .resets))
  }

  @Test("A peer that stops reading shuts its window, in content and in a long envelope")
  func windowClosed() throws {
    let slow = Scenario.honest.with {
      $0.message = [UInt8](repeating: 0x61, count: 20_000)
      $0.far.receiveBuffer = 3_000
      $0.server.fault = .afterReading(200, .stopsReading)
    }
    try expect(.stalled, at: .body, .windowClosed, in: slow)
    let long = Scenario.honest.with {
      $0.pipelining = .on
      $0.recipients = 200
      $0.far.receiveBuffer = 3_000
      $0.server.fault = .afterReading(30, .stopsReading)
    }
    try expect(.stalled, at: .mail, .windowClosed, in: long)
  }

  @Test("A black hole under a window full of bytes is loss, not a shut window (seed 003)")
  func blackHoleInContent() throws {
    try expect(
      .stalled, at: .body, .unacknowledged,
      in: .honest.with {
        $0.message = [UInt8](repeating: 0x61, count: 200_000)
        $0.client.segmentSize = 8_000
        $0.client.sendBuffer = 150_000
        $0.there.blackHole = 66_000
      })
  }

  @Test("Bytes that were lost are unacknowledged before the kernel sends them again")
  func lostBeforeRetransmission() throws {
    let scenario = Scenario.honest.with {
      $0.pregreet = true
      $0.client.firstTimeout = .seconds(3)
      $0.client.segmentSize = 20
      $0.client.noDelay = false
      $0.there.blackHole = 0
      $0.replyTimeout = .seconds(2)
      $0.server.fault = .beforeReply(0, .silence)
    }
    try expect(.stalled, at: .banner, .unacknowledged, in: scenario)
    let trial = try Trial(scenario)
    #expect(trial.verdict.ledger.unsent > 0)
    #expect(trial.trace.finalFacts?.totalRetransmits == 0)
  }

  @Test("A reset loses nothing: nobody is blamed for what was in flight, or had not left")
  func resetUnderContent() throws {
    let scenario = Scenario.honest.with {
      $0.message = [UInt8](repeating: 0x61, count: 200_000)
      $0.server.fault = .afterReading(12_000, .resets)
    }
    try expect(.reset, at: .body, nil, in: scenario)
    #expect(try Trial(scenario).verdict.ledger.unsent > 0)
  }

  @Test(
    "Who ends the connection behind a reply leaves no bytes with anybody: it was our turn",
    arguments: [0, 1, 2, 3, 4], [ServerPlan.End.halfCloses, .resets])
  func endsBehindReply(reply: Int, how: ServerPlan.End) throws {
    let honest = Scenario.honest.with { $0.pipelining = .off }
    let said = try Trial(honest).network.book.ends[reply]
    let trial = try Trial(honest.with { $0.server.fault = .afterSaying(said, how) })
    #expect([.closed, .reset].contains(trial.verdict.status))
    #expect(trial.verdict.custody == nil)
    #expect(trial.verdict.ledger.unsent == 0)
    #expect(trial.claim == trial.truth)
    #expect(!trial.verdict.summary.contains("host"))
  }

  @Test("Nagle's algorithm holds the second command back")
  func nagle() throws {
    try expect(
      .interrupted, at: .mail, .heldLocally,
      in: .honest.with {
        $0.pipelining = .on
        $0.client.noDelay = false
        $0.segmentation = Segmentation(plan: .command)
        // Connected after 41 ms; greeting and EHLO take until about 122 ms.
        $0.interruptAt = 130_000
      })
  }

  @Test("Pieces that wait for their turn are held by us")
  func paced() throws {
    try expect(
      .interrupted, at: .mail, .heldLocally,
      in: .honest.with {
        $0.segmentation = Segmentation(plan: .sizes([.bytes(5)]))
        $0.segmentation?.pacing = .delay(.seconds(1))
        $0.segmentation?.scope = .envelope
        $0.interruptAt = .seconds(6)
      })
  }

  /// A write meets the reset before the program has heard of what came with it.
  private func breaking(afterSaying said: Int) -> Scenario {
    .honest.with {
      $0.message = [UInt8](repeating: 0x61, count: 4_000)
      $0.segmentation = Segmentation(plan: .sizes([.bytes(100)]))
      $0.segmentation?.pacing = .delay(10_000)
      $0.segmentation?.scope = .data
      $0.transport.wakeDelay = 50_000
      $0.server.early = (500, 552)
      $0.server.fault = .afterSaying(said, .resets)
    }
  }

  @Test("A refusal that waits behind a reset is read (seed 004)")
  func refusalBehindReset() throws {
    // The honest replies up to 354 and its own, which has 14 bytes.
    let said = try Trial(.honest).network.book.ends[4] + 14
    let trial = try Trial(breaking(afterSaying: said))
    #expect(trial.network.ledger.sawError?.name == "ECONNRESET")
    #expect(trial.verdict.status == .rejected)
    #expect(trial.verdict.stage == .body)
    #expect(trial.verdict.error == "ECONNRESET (recv): reset by peer")
    #expect(trial.claim == trial.truth)
  }

  @Test("A write that takes the error of a reset leaves it a reset, in the middle of a reply too")
  func resetUnderWrite() throws {
    let said = try Trial(.honest).network.book.ends[4] + 3
    let trial = try Trial(breaking(afterSaying: said))
    #expect(trial.network.ledger.sawError?.name == "ECONNRESET")
    #expect(trial.verdict.status == .reset)
    #expect(trial.verdict.custody == .replyCutShort)
    #expect(trial.claim == trial.truth)
  }
}
