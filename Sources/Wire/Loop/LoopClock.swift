import SessionTrace

/// The time of a loop: monotonic, and, where that was asked for, blind to the time in which the loop did
/// not get to run.
///
/// A lab plays both ends of a session on one loop. On a busy machine the loop can stand still for longer than
/// lies between a server's delay and its client's patience. When it runs again both are over, and which came
/// first is chance. A clock that forgives therefore counts of a wait no more than was asked for,
/// and of the work that follows nothing, each with a margin. It never runs ahead of the real one, so the kernel has
/// always had at least the time that the loop believes in.
///
/// Pure: all moments come from outside, as microseconds of one monotonic clock.
struct LoopClock: Sendable {
  /// The loop stood still: a stretch of real time that did not count.
  private struct Stall {
    let start: Microseconds
    let end: Microseconds
    /// All that did not count until its end.
    let total: Microseconds
  }

  /// When it showed 0.
  let zero: Microseconds
  private let margin: Microseconds?
  /// Later than this the clock does not show before it is told more.
  private var ceiling = Microseconds.max
  private var stalls: [Stall] = []

  /// A clock that shows 0 at `zero`; without a margin it forgives nothing.
  init(zero: Microseconds, margin: Microseconds? = nil) {
    self.zero = zero
    self.margin = margin
  }

  /// What it shows at a moment, microseconds.
  func now(at moment: Microseconds) -> Microseconds { min(counted(moment), ceiling) }

  /// From this moment on so much time may pass; `nil` when that is anybody's guess.
  mutating func expect(atMost time: Microseconds?, at moment: Microseconds) {
    guard let margin else { return }
    let shown = now(at: moment)
    let lost = counted(moment) - shown
    if lost > 0 {
      let end = moment - zero
      stalls.append(Stall(start: end - lost, end: end, total: (stalls.last?.total ?? 0) + lost))
    }
    // No wait of a lab is as long as a day.
    ceiling = time.map { shown + min($0, .seconds(86_400)) + margin } ?? .max
  }

  /// What it showed at a moment of the past.
  func shown(at moment: Microseconds) -> Microseconds {
    let real = moment - zero
    for stall in stalls.reversed() {
      if real >= stall.end { return real - stall.total }
      if real >= stall.start { return stall.end - stall.total }
    }
    return real
  }

  private func counted(_ moment: Microseconds) -> Microseconds {
    moment - zero - (stalls.last?.total ?? 0)
  }
}
