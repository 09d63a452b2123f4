import SessionTrace

/// The way between two ends: delay, loss, and a black hole from a byte on. It keeps the order.
final class SimulatedPath {
  struct Settings {
    var delay: Microseconds = .milliseconds(20)
    var jitter: Microseconds = 0
    /// Packets lost, in a hundred.
    var lossPercent = 0
    /// Packets that carry this byte of the stream, or one behind it, never arrive.
    var blackHole: Int?
  }

  private let settings: Settings
  private let clock: VirtualClock
  private var random: SeededRandom
  private var lastArrival: Microseconds = 0
  var deliver: (Packet) -> Void = { _ in }

  init(_ settings: Settings, clock: VirtualClock, random: SeededRandom) {
    self.settings = settings
    self.clock = clock
    self.random = random
  }

  func send(_ packet: Packet) {
    if random.chance(settings.lossPercent) { return }
    if let hole = settings.blackHole, !packet.bytes.isEmpty, packet.end > hole { return }
    let jitter = settings.jitter > 0 ? Microseconds(random.number(0...Int(settings.jitter))) : 0
    lastArrival = max(lastArrival, clock.now + settings.delay + jitter)
    clock.schedule(at: lastArrival) { [deliver] in deliver(packet) }
  }
}
