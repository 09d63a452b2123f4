import Probe
import SessionOptions
import SessionTrace
import Wire

/// A network whose kernel takes everything and keeps nothing; the replies come from a list.
final class SinkNetwork: NetworkWithoutPolicies {
  let clock = VirtualClock()
  let wallClockAtZero: Microseconds = 0
  private let gauge: ContentGauge

  init(_ gauge: ContentGauge) { self.gauge = gauge }

  var now: Microseconds { clock.now }

  func makeTransport() -> any Transport { SinkTransport(gauge, clock: clock) }

  func schedule(at moment: Microseconds, _ action: @escaping () -> Void) -> () -> Void {
    let number = clock.schedule(at: moment, action)
    return { [clock] in clock.cancel(number) }
  }

  func soon(_ action: @escaping () -> Void) {
    // Each turn takes a moment, as on a real loop.
    clock.after(1, action)
  }

  func tracePath(
    to address: String, from local: String?, _ done: @escaping (PathLength) -> Void
  ) -> () -> Void {
    soon { done(PathLength()) }
    return {}
  }

  func candidates(
    for target: TargetPlan, family: AddressFamily, within limit: Microseconds,
    _ done: @escaping (Result<[Candidate], ResolveFailure>) -> Void
  ) {
    clock.after(1) {
      done(.success([Candidate(endpoint: .ip(address: "192.0.2.1", port: 25), host: "mx")]))
    }
  }
}

/// The connection of a ``SinkNetwork``: every write that ends a line is answered with the next reply.
final class SinkTransport: Transport {
  var onReady: ((Readiness) -> Void)?
  let connectFailureOrigin: String? = nil
  let fastOpenBytesAccepted = 0
  let localEndpoint: Endpoint? = nil
  let congestionControl: String? = nil
  private let gauge: ContentGauge
  private let clock: VirtualClock
  private var replies = ["250 mx", "250 mail", "250 rcpt", "354 go", "250 taken", "221 bye"][...]
  private var waiting: [UInt8] = Array("220 mx\r\n".utf8)
  private var tail: [UInt8] = []
  private var content = 0
  private var written = 0

  init(_ gauge: ContentGauge, clock: VirtualClock) {
    self.gauge = gauge
    self.clock = clock
  }

  func setInterest(reading: Bool, writing: Bool) {}

  func connect(to endpoint: Endpoint, options: SocketOptions) -> ConnectProgress {
    tell()
    return .connected
  }

  func finishConnecting() -> ConnectProgress { .connected }

  func shutdownWrite() {}

  func write(_ bytes: ArraySlice<UInt8>, endsSegment: Bool, wantsTimestamps: Bool) -> WriteOutcome {
    written += bytes.count
    tail = Array((tail + bytes.suffix(5)).suffix(5))
    let isContent = replies.first == "250 taken"
    if isContent {
      content += bytes.count
      gauge.reached(content)
    }
    let ending: [UInt8] = isContent ? [0x0D, 0x0A, 0x2E, 0x0D, 0x0A] : [0x0D, 0x0A]
    if tail.suffix(ending.count) == ending[...], let reply = replies.popFirst() {
      waiting += Array("\(reply)\r\n".utf8)
      tell()
    }
    return .wrote(bytes.count)
  }

  private func tell() { clock.after(1) { [weak self] in self?.onReady?(.readable) } }

  func read(atMost limit: Int) -> ReadOutcome {
    defer { waiting = [] }
    return waiting.isEmpty ? .wouldBlock : .bytes(waiting, at: clock.now)
  }

  func facts() -> KernelFacts {
    var facts = KernelFacts()
    facts.outstanding = 0
    facts.unsent = 0
    return facts
  }

  func set(_ option: LiveOption) -> SystemFailure? { nil }
  func ask() {}
  func drainTimestamps() -> [TransmitTimestamp] { [] }
  func drainErrors() -> [SocketErrorReport] { [] }
  func close(withReset: Bool) {}
}
