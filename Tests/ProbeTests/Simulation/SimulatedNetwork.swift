import Probe
import SessionOptions
import SessionTrace
import Wire
@testable import Simulation

/// The whole world of one simulated session: clock, path, server, and the client's kernel.
final class SimulatedNetwork: VirtualNetwork {
  let clock = VirtualClock()
  let scenario: Scenario
  let book = ReplyBook()
  let ledger: TruthLedger
  let wallClockAtZero: Microseconds = 1_790_000_000_000_000

  private var random: SeededRandom
  private var attempts = 0
  private(set) var server: SimulatedServer?
  private(set) var isResolved = false
  /// Timers of the session that have neither fired nor been cancelled.
  private(set) var sessionTimers: Set<Int> = []

  init(_ scenario: Scenario) {
    self.scenario = scenario
    ledger = TruthLedger(book)
    random = SeededRandom(seed: scenario.seed &+ 1_000_003)
  }

  func schedule(at moment: Microseconds, _ action: @escaping () -> Void) -> () -> Void {
    var number = 0
    number = clock.schedule(at: moment) { [weak self] in
      self?.sessionTimers.remove(number)
      action()
    }
    sessionTimers.insert(number)
    return { [weak self] in
      self?.sessionTimers.remove(number)
      self?.clock.cancel(number)
    }
  }

  /// Bytes of ours that left in the SYN.
  var earlyBytes: Int { scenario.fastOpen ? scenario.transport.fastOpenBytes : 0 }

  func soon(_ action: @escaping () -> Void) { clock.after(0, action) }

  func tracePath(
    to address: String, from local: String?, _ done: @escaping (PathLength) -> Void
  ) -> () -> Void {
    let length = PathLength(
      hops: scenario.hopsToAddress,
      reporters: [HopReporter(ttl: scenario.hopsToAddress ?? 1, address: address)])
    return schedule(at: now + .milliseconds(2)) { done(length) }
  }

  func candidates(
    for target: TargetPlan, family: AddressFamily, within limit: Microseconds,
    _ done: @escaping (Result<[Candidate], NoCandidate>) -> Void
  ) {
    let found = scenario.candidates.indices.map {
      Candidate(endpoint: .ip(address: "192.0.2.\(10 + $0)", port: 25), host: "mx.example.com")
    }
    clock.after(1_000) { [weak self] in
      self?.isResolved = true
      done(.success(found))
    }
  }

  func makeTransport() -> any Transport {
    var settings = scenario.transport
    settings.connects = scenario.candidates[min(attempts, scenario.candidates.count - 1)]
    attempts += 1
    let client = TCPEnd(scenario.client, clock: clock)
    let far = TCPEnd(scenario.far, clock: clock)
    client.learn(window: scenario.far.receiveBuffer)
    far.learn(window: scenario.client.receiveBuffer)
    let there = SimulatedPath(scenario.there, clock: clock, random: random)
    _ = random.next()
    let back = SimulatedPath(scenario.back, clock: clock, random: random)
    there.deliver = { far.receive($0) }
    back.deliver = { client.receive($0) }
    client.transmitPacket = { [unowned client, scenario] in
      // What has no hops left is dropped by the router that finds that out.
      if client.timeToLive ?? .max >= scenario.hopsToEnd { there.send($0) }
    }
    far.transmitPacket = { back.send($0) }
    let server = SimulatedServer(
      scenario.server, end: far, book: book, clock: clock, random: random)
    let isLast = settings.connects == true
    if isLast { self.server = server }
    return SimulatedTransport(
      settings, end: client, ledger: isLast ? ledger : TruthLedger(book),
      clock: clock, random: random, onConnected: { server.accepted() })
  }
}
