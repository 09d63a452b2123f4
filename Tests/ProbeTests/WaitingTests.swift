import Diagnosis
@testable import Probe
import SessionOptions
import SessionTrace
import SMTPDialogue
import Testing
@testable import Simulation

/// What a session waits for, and how long, to the microsecond of the virtual clock.
@Suite("Waiting")
struct WaitingTests {
  /// One recipient refused among two, so that nothing was refused as a whole.
  private static let partlyRefused = Scenario.honest.with {
    $0.recipients = 2
    $0.server.recipients = [550, 250]
    $0.server.fault = .beforeReply(7, .silence)
  }

  @Test("A reply fed drop by drop does not extend its deadline")
  func dripFed() throws {
    let trial = try Trial(
      .honest.with {
        $0.replyTimeout = .seconds(5)
        $0.server.greatestWrite = 1
        $0.server.gap = .seconds(1)
      })
    #expect(trial.verdict.status == .stalled)
    #expect(trial.verdict.stage == .banner)
    #expect(trial.verdict.waited == .seconds(5))
    // One millisecond to resolve, forty to connect.
    #expect(trial.trace.duration == .seconds(5) + 41_001)
  }

  @Test("Drops that acknowledge a command do not extend the deadline of its reply")
  func dripFedAcknowledgement() throws {
    let trial = try Trial(
      .honest.with {
        $0.pregreet = true
        $0.replyTimeout = .seconds(2)
        $0.there.delay = 300_000
        $0.back.delay = 300_000
        $0.server.greatestWrite = 1
        $0.server.gap = 100_000
      })
    #expect(trial.verdict.status == .stalled)
    #expect(trial.trace.duration < .seconds(4))
    #expect(trial.complaints.isEmpty)
  }

  @Test("Each reply of a pipelined group has the whole time")
  func groupOfReplies() throws {
    let trial = try Trial(
      .honest.with {
        $0.pipelining = .on
        $0.recipients = 10
        $0.replyTimeout = .seconds(5)
        // No command is longer, so each read completes one.
        $0.server.greatestRead = 36
        $0.server.readDelay = .seconds(4)
      })
    #expect(trial.verdict.status == .ok)
    #expect(trial.trace.duration > .seconds(30))
  }

  @Test("The total timeout ends a session at its moment")
  func total() throws {
    let trial = try Trial(.breaking(at: .rcpt, .silence).with { $0.totalTimeout = .seconds(7) })
    #expect(trial.verdict.status == .stalled)
    #expect(trial.trace.ending == .timedOut(.total))
    #expect(trial.trace.duration == .seconds(7))
  }

  @Test("The total timeout of a session without a connection means unreachable")
  func totalWhileConnecting() throws {
    let trial = try Trial(
      .honest.with {
        $0.candidates = [nil]
        $0.totalTimeout = .seconds(3)
      })
    #expect(trial.verdict.status == .unreachable)
    #expect(trial.verdict.stage == .connect)
    #expect(trial.trace.attempts.map { $0.failure?.name } == ["ETIMEDOUT"])
  }

  @Test("Every address has its own time to connect, and the last one its session")
  func addressesInTurn() throws {
    let trial = try Trial(.honest.with { $0.candidates = [nil, false, true] })
    #expect(trial.verdict.status == .ok)
    #expect(
      trial.trace.attempts.map { $0.failure?.name } == ["ETIMEDOUT", "ECONNREFUSED", nil])
    #expect(trial.trace.attempts.first?.duration == .seconds(10))
  }

  @Test("A blocked write is bounded")
  func blockedWrite() throws {
    let trial = try Trial(
      .honest.with {
        $0.message = [UInt8](repeating: 0x61, count: 100_000)
        $0.client.sendBuffer = 5_000
        $0.far.receiveBuffer = 3_000
        $0.replyTimeout = .seconds(8)
        $0.server.fault = .afterReading(200, .stopsReading)
      })
    #expect(trial.trace.ending == .timedOut(.write))
    #expect(trial.trace.duration < .seconds(10))
  }

  @Test("A refused session waits two seconds for its farewell")
  func farewell() throws {
    let trial = try Trial(
      .honest.with {
        $0.server.mail = 550
        $0.server.fault = .beforeReply(3, .silence)
      })
    #expect(trial.verdict.status == .rejected)
    #expect(trial.verdict.stage == .mail)
    #expect(trial.trace.waited == .seconds(2))
  }

  @Test("One refused recipient does not shorten the wait after a delivery")
  func wholeFarewell() throws {
    let trial = try Trial(Self.partlyRefused)
    #expect(trial.verdict.status == .stalled)
    #expect(trial.verdict.stage == .quit)
    #expect(trial.trace.waited == .seconds(30))
  }

  @Test("A body that drains slowly is no stall, and its reply has the whole time afterwards")
  func slowDrain() throws {
    let trial = try Trial(
      .honest.with {
        $0.message = [UInt8](repeating: 0x61, count: 40_000)
        $0.client.sendBuffer = 100_000
        $0.far.receiveBuffer = 3_000
        $0.replyTimeout = .seconds(5)
        $0.server.greatestRead = 1_000
        $0.server.readDelay = .seconds(1)
        $0.server.thinks = .milliseconds(1_500)
      })
    #expect(trial.verdict.status == .ok)
    #expect(trial.trace.duration > .seconds(40))
  }

  @Test("Paced pieces are handed over at their distance, to the microsecond")
  func delayPacing() throws {
    let trial = try Trial(
      .honest.with {
        $0.pipelining = .on
        $0.segmentation = Segmentation(plan: .sizes([.bytes(7)]))
        $0.segmentation?.pacing = .delay(50_000)
        $0.segmentation?.scope = .envelope
      })
    let mail = try #require(trial.trace.commands.first { $0.stage == .mail })
    let data = try #require(trial.trace.commands.first { $0.stage == .data })
    let pieces = trial.network.ledger.writes.filter {
      $0.offset >= mail.start && $0.offset < data.end
    }
    #expect(pieces.count == (data.end - mail.start + 6) / 7)
    for (earlier, later) in zip(pieces, pieces.dropFirst()) {
      #expect(later.at - earlier.at == 50_000)
    }
  }

  @Test("A pause longer than the timeout is ours, not a stall")
  func longPause() throws {
    let trial = try Trial(
      .honest.with {
        $0.segmentation = Segmentation(plan: .sizes([.bytes(10)]))
        $0.segmentation?.pacing = .delay(.seconds(10))
        $0.replyTimeout = .seconds(2)
      })
    #expect(trial.verdict.status == .ok)
  }

  @Test("Pacing by acknowledgement waits for each, and not much longer")
  func acknowledgementPacing() throws {
    let trial = try Trial(
      .honest.with {
        $0.pipelining = .on
        $0.segmentation = Segmentation(plan: .command)
        $0.segmentation?.pacing = .acknowledged
      })
    let flights = Dictionary(grouping: trial.trace.commands, by: \.flight)
    let envelope = try #require(flights.values.first { $0.count == 3 })
    let start = try #require(envelope.first?.start)
    let end = try #require(envelope.last?.end)
    let pieces = trial.network.ledger.writes.filter { $0.offset >= start && $0.offset < end }
    #expect(pieces.count == 3)
    for (earlier, later) in zip(pieces, pieces.dropFirst()) {
      let acknowledged = try #require(earlier.acknowledged)
      #expect(later.at >= acknowledged)
      #expect(later.at - acknowledged < 10_000)
    }
  }
}
