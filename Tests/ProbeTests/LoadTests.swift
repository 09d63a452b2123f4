import Diagnosis
@testable import Probe
import SessionOptions
import SessionTrace
import SMTPDialogue
import Testing
@testable import Simulation

/// Sessions that are large in one way or another: work and memory stay in proportion.
@Suite("Load")
struct LoadTests {
  @Test("Five thousand recipients, their replies together or one by one", arguments: [true, false])
  func manyRecipients(isBatched: Bool) throws {
    let trial = try Trial(
      .honest.with {
        $0.pipelining = .on
        $0.recipients = 5_000
        $0.server.batches = isBatched
        $0.server.greatestRead = isBatched ? 65_536 : 30
        $0.server.readDelay = isBatched ? 1_000 : 1
        $0.server.thinks = 1
      })
    #expect(trial.verdict.status == .ok)
    #expect(trial.claim == trial.truth)
    #expect(trial.trace.snapshots.count < 12)
    #expect(trial.trace.stages.count < 12)
  }

  @Test("Recipients one at a time are one stage, and few snapshots")
  func oneByOne() throws {
    let trial = try Trial(.honest.with { $0.recipients = 300 })
    #expect(trial.verdict.status == .ok)
    #expect(trial.trace.snapshots.count < 12)
    #expect(trial.trace.stages.count { $0.name == .rcpt } == 1)
  }

  @Test("A peer that talks on unasked fills no memory")
  func chatter() throws {
    let trial = try Trial(
      .honest.with {
        let chatter = String(repeating: "250 by the way\r\n", count: 3_000)
        $0.server.behind = (reply: Scenario.reply(of: .dot), text: chatter, leaves: false)
        // All of it is there before QUIT leaves, which the next of it would answer.
        $0.transport.wakeDelay = .milliseconds(300)
      })
    #expect(trial.trace.replies.count { !$0.wasDue } <= 256)
    #expect(trial.trace.violations.count <= 257)
    #expect(trial.trace.notes.contains { $0.contains("unasked") })
  }

  @Test(
    "Content in pieces of any size holds a bounded number of bytes",
    arguments: [nil, .sizes([.bytes(513)]), .sizes([.bytes(200_000)]), .crlf, .endOfData(2)]
      as [SegmentPlan?])
  func boundedContent(plan: SegmentPlan?) throws {
    let size = plan == nil || plan == .endOfData(2) ? 64 << 20 : 4 << 20
    let gauge = ContentGauge(size: size)
    let network = PeerNetwork(gauge)
    var sessionPlan = try Scenario.honest.plan()
    sessionPlan.content = { gauge.source() }
    sessionPlan.segmentation = plan.map { Segmentation(plan: $0) }
    var result: Trace?
    let session = Session(plan: sessionPlan, network: network) { result = $0 }
    session.start()
    network.clock.run { result != nil || network.clock.isSpinning }
    let trace = try #require(result)
    #expect(verdict(of: trace).status == .ok)
    #expect(trace.content?.taken == size)
    // Two chunks of 64 KiB ahead, and what a piece of the plan is short of.
    #expect(gauge.mostHeld <= 3 * 65_536 + 200_000)
    #expect(trace.segments.kept.count <= 4_096)
  }
}
