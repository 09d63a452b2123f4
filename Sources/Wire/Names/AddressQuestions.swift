import CLinuxSocket
import SessionOptions
import SessionTrace

/// The questions for a host's addresses to one name server, both families at once, and what they add
/// up to.
///
/// RFC 4074: servers exist that fail or lose questions for AAAA records and answer those for A. So
/// neither question waits for the other, and the failure of one is no answer to the other.
final class AddressQuestions {
  /// Time that the second answer has once the first brought addresses.
  ///
  /// As long as a client waits that asks twice, a second each; sessions should not be late for more.
  static let patience = Microseconds.seconds(2)

  typealias Outcome = Result<Lookup.Answers, Lookup.Failure>

  let host: String
  private let loop: EventLoop
  private let start: Microseconds
  private let limit: Microseconds
  private var open: [Lookup.RecordType: Lookup] = [:]
  private var outcomes: [Lookup.RecordType: (outcome: Outcome, duration: Microseconds)] = [:]
  private var timer: TimerToken?
  private var done: ((Result<HostAddresses, ResolveFailure>) -> Void)?

  init(
    loop: EventLoop, host: String, family: AddressFamily, nameServer: SocketAddress,
    limit: Microseconds, _ done: @escaping (Result<HostAddresses, ResolveFailure>) -> Void
  ) throws(FailedCall) {
    self.host = host
    self.loop = loop
    self.limit = limit
    self.done = done
    start = loop.now
    let types: [Lookup.RecordType] =
      switch family {
      case .any: [.aaaa, .a]
      case .ipv4: [.a]
      case .ipv6: [.aaaa]
      }
    for type in types {
      open[type] = try Lookup(
        loop: loop, .records(type, name: host, nameServer: nameServer), limit: limit
      ) { [weak self] in self?.take($0, to: type) }
    }
  }

  deinit {
    if let timer { loop.cancel(timer) }
  }

  private func take(_ outcome: Outcome, to type: Lookup.RecordType) {
    outcomes[type] = (outcome, loop.now - start)
    // Let go of after its callback has returned.
    let lookup = open.removeValue(forKey: type)
    loop.soon { withExtendedLifetime(lookup) {} }
    if open.isEmpty {
      finish()
    } else if case .success = outcome {
      let moment = min(loop.now + Self.patience, start + limit)
      timer = loop.schedule(at: moment) { [weak self] in self?.giveUp() }
    }
  }

  private func giveUp() {
    let waited = loop.now - start
    for type in open.keys {
      let failure = SystemFailure(
        call: "DNS query", name: "ETIMEDOUT", code: 110,
        text: "the name server did not answer within \(waited / 1_000) ms")
      outcomes[type] = (
        .failure(Lookup.Failure(status: WIRE_LOOKUP_TEMPORARY, failure: failure)), waited
      )
    }
    open = [:]
    finish()
  }

  private func finish() {
    guard let done else { return }
    self.done = nil
    done(result)
  }

  /// IPv6 first where there is a way to it, as `getaddrinfo` has it.
  private var result: Result<HostAddresses, ResolveFailure> {
    let ordered = [Lookup.RecordType.aaaa, .a].compactMap { type in
      outcomes[type].map { (type: type, outcome: $0.outcome, duration: $0.duration) }
    }
    var groups: [[String]] = []
    var alias: String?
    var failures: [(type: Lookup.RecordType, failure: Lookup.Failure, duration: Microseconds)] = []
    for (type, outcome, duration) in ordered {
      switch outcome {
      case .success(let answers):
        groups.append(answers.records.map(\.text))
        alias = answers.alias ?? alias
      case .failure(let failure):
        failures.append((type, failure, duration))
        alias = failure.alias ?? alias
      }
    }
    if groups.count == 2, let first = groups[0].first, unsafe wire_has_route(first) == 0 {
      groups.reverse()
    }
    var seen: Set<String> = []
    let numbers = groups.joined().filter { seen.insert($0).inserted }
    if numbers.isEmpty {
      return .failure(ResolveFailure(failures.map { ($0.type.rawValue, $0.failure) }, alias: alias))
    }
    let failed = failures.filter { $0.failure.status != WIRE_LOOKUP_NO_DATA }.map {
      FailedLookup(
        name: host, type: $0.type.rawValue, failure: $0.failure.failure, duration: $0.duration)
    }
    return .success(HostAddresses(numbers: numbers, alias: alias, failed: failed))
  }
}
