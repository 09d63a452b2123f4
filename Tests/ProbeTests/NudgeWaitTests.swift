@testable import Probe
import SessionTrace
import Testing

/// The machine of a nudge, told what happens moment by moment.
@Suite("The wait of a nudge")
struct NudgeWaitTests {
  private func wait(
    _ purpose: NudgeWait.Purpose, climbsFrom count: Int? = nil, lastMoment: Microseconds? = nil
  ) -> NudgeWait {
    NudgeWait(
      purpose, limit: .seconds(5), lastMoment: lastMoment, climbsFrom: count, at: 0)
  }

  /// Asks a copy: what is asked of it changes it.
  private func isOver(_ wait: NudgeWait, at now: Microseconds) -> Bool {
    var wait = wait
    return wait.isOver(at: now)
  }

  @Test("climbs a router each time the segment leaves, and listens once it is acknowledged")
  func climbs() {
    var wait = wait(.acknowledgement, climbsFrom: 4)
    #expect(wait.hops == 1)
    wait.receive(.kernel(isAcknowledged: false, at: nil, segmentsOut: 4), at: 1)
    #expect(wait.hops == 1 && wait.greatestTTL == nil)
    wait.receive(.kernel(isAcknowledged: false, at: nil, segmentsOut: 5), at: 2)
    #expect(wait.hops == 2 && wait.greatestTTL == 1)
    #expect(!isOver(wait, at: 3))
    wait.receive(.kernel(isAcknowledged: true, at: 4, segmentsOut: 6), at: 5)
    #expect(wait.hops == nil && wait.acknowledged == 4 && wait.acknowledgedAtTTL == 2)
    #expect(isOver(wait, at: 5))
  }

  @Test("gives the climb up after nine tries, or six seconds")
  func givesUp() {
    var tries = wait(.anything, climbsFrom: 0)
    for sent in 1...8 {
      tries.receive(.kernel(isAcknowledged: false, at: nil, segmentsOut: sent), at: 1)
    }
    #expect(tries.hops == 8)
    tries.receive(.kernel(isAcknowledged: false, at: nil, segmentsOut: 9), at: 1)
    #expect(tries.hops == nil && tries.acknowledgedAtTTL == nil && tries.greatestTTL == 8)
    var time = wait(.anything, climbsFrom: 0)
    time.receive(.kernel(isAcknowledged: false, at: nil, segmentsOut: 0), at: .seconds(6))
    #expect(time.hops == nil)
    #expect(!isOver(time, at: .seconds(10)))
    #expect(isOver(time, at: .seconds(11)))
  }

  @Test(
    "is over when it has what it is there for",
    arguments: [
      (.reply, [.arrival(isReply: false)], false), (.reply, [.arrival(isReply: true)], true),
      (.acknowledgement, [.arrival(isReply: true)], false),
      (.acknowledgement, [.kernel(isAcknowledged: true, at: nil, segmentsOut: 1)], true),
      (.anything, [.arrival(isReply: true)], false),
      (.anything, [.kernel(isAcknowledged: true, at: nil, segmentsOut: 1)], false),
      (.anything, [.end], true), (.reply, [.stop], true),
    ] as [(NudgeWait.Purpose, [NudgeWait.Input], Bool)])
  func ends(purpose: NudgeWait.Purpose, inputs: [NudgeWait.Input], isWanted: Bool) {
    var wait = wait(purpose)
    for input in inputs { wait.receive(input, at: 1) }
    #expect(isOver(wait, at: 2) == isWanted)
    #expect(wait.nextLook(at: 2) >= 2)
  }

  @Test("listens no longer than it may, than a second behind what came, and than the session")
  func deadlines() {
    let whole = wait(.anything)
    #expect(!isOver(whole, at: .seconds(5) - 1))
    #expect(isOver(whole, at: .seconds(5)))
    var quiet = wait(.anything)
    quiet.receive(.arrival(isReply: false), at: .seconds(2))
    #expect(!isOver(quiet, at: .seconds(3) - 1))
    #expect(isOver(quiet, at: .seconds(3)))
    let session = wait(.anything, climbsFrom: 0, lastMoment: .seconds(1))
    #expect(isOver(session, at: .seconds(1)))
  }
}
