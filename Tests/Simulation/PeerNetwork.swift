import Probe
import SessionOptions
import SessionTrace
import Wire

/// A network on which every connection goes to one peer, by a transport of that peer's.
final class PeerNetwork: VirtualNetwork {
  let clock = VirtualClock()
  let wallClockAtZero: Microseconds = 1_790_000_000_000_000
  /// The hosts that there are, in the order of their preference.
  var hosts = ["mx"]
  /// What a validator finds out; anything else is not signed.
  var answers: [SecureQuestion: SecureAnswer] = [:]
  /// What it was asked.
  private(set) var questions: [SecureQuestion] = []
  private let transport: (VirtualClock) -> any Transport

  /// One with a server on it that answers by a list.
  init(_ server: ScriptedServer) { transport = { ScriptedTransport(server, clock: $0) } }

  /// One whose kernel takes everything and keeps nothing.
  init(_ gauge: ContentGauge) { transport = { SinkTransport(gauge, clock: $0) } }

  func makeTransport() -> any Transport { transport(clock) }

  func candidates(
    for target: TargetPlan, family: AddressFamily, within limit: Microseconds,
    _ done: @escaping (Result<[Candidate], NoCandidate>) -> Void
  ) {
    let found = hosts.enumerated().map { number, host in
      Candidate(
        endpoint: .ip(address: "192.0.2.\(number + 1)", port: 25), host: host,
        preference: number * 10)
    }
    soon { done(.success(found)) }
  }

  func ask(
    _ question: SecureQuestion, by validator: ValidatorPlan, within limit: Microseconds,
    _ done: @escaping (SecureAnswer) -> Void
  ) {
    questions.append(question)
    let answer = answers[question] ?? SecureAnswer(.insecure)
    clock.after(1_000) { done(answer) }
  }
}
