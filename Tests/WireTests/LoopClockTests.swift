import SessionTrace
import Testing

@testable import Wire

/// Moments are microseconds of one clock on which the loop was made at 1000.
@Suite("A clock that forgives the time in which its loop did not run")
struct LoopClockTests {
  @Test(
    "A wait counts as far as it was meant to last, and a margin",
    arguments: [
      (0, 0), (3, 3), (60, 60), (65, 65), (70, 70), (71, 70), (100_000, 70),
    ] as [(Microseconds, Microseconds)])
  func waiting(real: Microseconds, shown: Microseconds) {
    var clock = LoopClock(zero: 1000, margin: 10)
    clock.expect(atMost: 60, at: 1000)
    #expect(clock.now(at: 1000 + real) == shown)
    clock.expect(atMost: 0, at: 1000 + real)
    #expect(clock.now(at: 1000 + real) == shown)
    #expect(clock.now(at: 1000 + real + 10) == shown + 10)
    #expect(clock.now(at: 1000 + real + 11) == shown + 10)
  }

  @Test("Two deadlines that both passed while the loop stood still are met one after the other")
  func deadlines() {
    var clock = LoopClock(zero: 0, margin: 10_000)
    let client: Microseconds = 1_000_000
    let server: Microseconds = 1_500_000
    var moment: Microseconds = 0
    var met: [String] = []
    while met.count < 2 {
      let next = met.isEmpty ? client : server
      clock.expect(atMost: next - clock.now(at: moment), at: moment)
      moment += 9_000_000
      clock.expect(atMost: 0, at: moment)
      let now = clock.now(at: moment)
      if met.isEmpty {
        #expect(now < server)
        met.append("client")
      } else if now >= server {
        met.append("server")
      }
    }
    #expect(met == ["client", "server"])
  }

  @Test("Without a margin, and where nothing says how long, all time counts")
  func nothingForgiven() {
    var plain = LoopClock(zero: 0)
    plain.expect(atMost: 5, at: 0)
    #expect(plain.now(at: 5_000_000) == 5_000_000)
    var open = LoopClock(zero: 0, margin: 10)
    open.expect(atMost: nil, at: 0)
    #expect(open.now(at: 5_000_000) == 5_000_000)
  }

  @Test("It never goes back, and maps every moment of the past to where it stood then")
  func past() {
    var clock = LoopClock(zero: 0, margin: 10)
    var moment: Microseconds = 0
    var stood: [(moment: Microseconds, shown: Microseconds)] = []
    for step in 0..<200 {
      let wait = Microseconds(step % 7 * 20)
      clock.expect(atMost: wait, at: moment)
      for _ in 0..<12 {
        moment += Microseconds(step % 5 * 9)
        stood.append((moment, clock.now(at: moment)))
      }
    }
    clock.expect(atMost: 0, at: moment)
    for (earlier, later) in zip(stood, stood.dropFirst()) { #expect(earlier.shown <= later.shown) }
    for (moment, shown) in stood { #expect(clock.shown(at: moment) == shown) }
    #expect(clock.now(at: moment) < moment)
  }
}
