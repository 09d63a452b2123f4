import Probe
import SessionOptions
import SessionTrace
import Wire

/// A network with one server on it, whose answers come a moment after what they answer.
final class ScriptedNetwork: NetworkWithoutPolicies {
  let clock = VirtualClock()
  let wallClockAtZero: Microseconds = 1_790_000_000_000_000
  /// The hosts that there are, in the order of their preference.
  var hosts = ["mx"]
  /// What a validator finds out; anything else is not signed.
  var answers: [SecureQuestion: SecureAnswer] = [:]
  /// What it was asked.
  private(set) var questions: [SecureQuestion] = []
  private let server: ScriptedServer

  init(_ server: ScriptedServer) { self.server = server }

  func ask(
    _ question: SecureQuestion, by validator: ValidatorPlan, within limit: Microseconds,
    _ done: @escaping (SecureAnswer) -> Void
  ) {
    questions.append(question)
    let answer = answers[question] ?? SecureAnswer(.insecure)
    clock.after(1_000) { done(answer) }
  }

  var now: Microseconds { clock.now }

  func makeTransport() -> any Transport { ScriptedTransport(server, clock: clock) }

  func schedule(at moment: Microseconds, _ action: @escaping () -> Void) -> () -> Void {
    let number = clock.schedule(at: moment, action)
    return { [clock] in clock.cancel(number) }
  }

  func soon(_ action: @escaping () -> Void) { clock.after(1, action) }

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
    let found = hosts.enumerated().map { number, host in
      Candidate(
        endpoint: .ip(address: "192.0.2.\(number + 1)", port: 25), host: host,
        preference: number * 10)
    }
    soon { done(.success(found)) }
  }
}

/// The connection to a ``ScriptedServer``; all that it said at once comes in one read.
final class ScriptedTransport: Transport {
  var onReady: ((Readiness) -> Void)?
  let connectFailureOrigin: String? = nil
  let fastOpenBytesAccepted = 0
  let localEndpoint: Endpoint? = nil
  let congestionControl: String? = nil
  private let server: ScriptedServer
  private let clock: VirtualClock

  init(_ server: ScriptedServer, clock: VirtualClock) {
    self.server = server
    self.clock = clock
  }

  func setInterest(reading: Bool, writing: Bool) {}

  func connect(to endpoint: Endpoint, options: SocketOptions) -> ConnectProgress {
    tell()
    return .connected
  }

  func finishConnecting() -> ConnectProgress { .connected }

  func write(_ bytes: ArraySlice<UInt8>, endsSegment: Bool, wantsTimestamps: Bool) -> WriteOutcome {
    server.hear(bytes)
    tell()
    return .wrote(bytes.count)
  }

  private func tell() { clock.after(1_000) { [weak self] in self?.onReady?(.readable) } }

  func read(atMost limit: Int) -> ReadOutcome {
    guard !server.output.isEmpty else { return .wouldBlock }
    defer { server.output = [] }
    return .bytes(server.output, at: clock.now)
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
  func shutdownWrite() {}
  func close(withReset: Bool) {}
}
