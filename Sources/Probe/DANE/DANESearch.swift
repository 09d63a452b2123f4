import SessionTrace
import Wire

/// Finds out what DANE says of every host of a target, all at once.
final class DANESearch {
  /// What there is to know of the hosts.
  struct Result {
    /// By host.
    var findings: [String: DANEFinding] = [:]
    /// How long each took.
    var durations: [String: Microseconds] = [:]
    /// A sentence about the exchangers' records; `nil` where there is nothing to say.
    var remark: String?
  }

  private let network: any Network
  private let validator: ValidatorPlan
  /// The domain whose MX records name the hosts; `nil` where they were given.
  private let domain: String?
  private let limit: Microseconds
  private let start: Microseconds
  private let done: (Result) -> Void
  private var lookups: [String: DANELookup] = [:]
  private var result = Result()
  private var exchangers: SecureAnswer?

  /// `done` is called once, from the loop, while this lives; each question takes at most `limit`.
  init(
    of hosts: [String], port: Int, domain: String?, by validator: ValidatorPlan,
    on network: any Network, within limit: Microseconds, _ done: @escaping (Result) -> Void
  ) {
    self.network = network
    self.validator = validator
    self.domain = domain
    self.limit = limit
    self.done = done
    start = network.now
    for host in hosts {
      if NumericAddress(host) != nil || host.contains("/") {
        result.findings[host] = .nothing(
          .indeterminate, "it was given without a name, at which TLSA records could stand")
      } else {
        lookups[host] = DANELookup(host: host, port: port)
      }
    }
  }

  func begin() {
    if let domain {
      ask(SecureQuestion(.mx, of: domain)) { search, answer in
        search.exchangers = answer
        search.finishIfDone()
      }
    }
    for (host, lookup) in lookups.sorted(by: { $0.key < $1.key }) { perform(lookup.start(), host) }
    if lookups.isEmpty { network.soon { [weak self] in self?.finishIfDone() } }
  }

  private func ask(
    _ question: SecureQuestion, _ then: @escaping (DANESearch, SecureAnswer) -> Void
  ) {
    network.ask(question, by: validator, within: limit) { [weak self] answer in
      if let self { then(self, answer) }
    }
  }

  private func perform(_ step: DANELookup.Step, _ host: String) {
    switch step {
    case .wait: break
    case .conclude(let finding):
      result.findings[host] = finding
      result.durations[host] = network.now - start
      finishIfDone()
    case .ask(let questions):
      for question in questions {
        ask(question) { search, answer in
          guard let step = search.lookups[host]?.receive(answer, to: question) else { return }
          search.perform(step, host)
        }
      }
    }
  }

  private func finishIfDone() {
    guard lookups.keys.allSatisfy({ result.findings[$0] != nil }) else { return }
    if let domain {
      guard let exchangers else { return }
      judge(exchangers, of: domain)
    }
    done(result)
  }

  /// RFC 7672 section 2.2.1: exchangers that could not be found out for certain must wait; those of a domain that
  /// is not signed are used, and what they are named by is worth no more than the domain's own records.
  private func judge(_ answer: SecureAnswer, of domain: String) {
    let question = SecureQuestion(.mx, of: domain)
    switch answer.security {
    case .bogus, .indeterminate:
      for host in result.findings.keys {
        result.findings[host] = .unusable(answer.security, answer.sentence(of: question))
      }
    case .insecure:
      if result.findings.values.contains(where: { if case .records = $0 { true } else { false } }) {
        result.remark =
          "the MX records of \(escapedText(domain.utf8)) are not signed: whoever forges them names other"
          + " hosts, and TLSA records of the right ones prove nothing against that (RFC 7672 section 2.2.1)"
      }
    case .secure:
      let named = answer.records.isEmpty ? [domain] : answer.records.compactMap(exchanger)
      let names = Set(named.map { $0.lowercased() })
      for host in result.findings.keys where !names.contains(host.lowercased()) {
        result.findings[host] = .unusable(
          .bogus,
          "it is none of the mail exchangers that DNSSEC vouches for of \(escapedText(domain.utf8))"
        )
      }
    }
  }
}

/// The host of an MX record as the wire carries it, names written out (RFC 1035 section 3.3.9).
private func exchanger(_ record: [UInt8]) -> String? {
  var rest = record.dropFirst(2)
  var labels: [String] = []
  while let length = rest.popFirst(), length > 0 {
    guard length < 64, rest.count > Int(length) else { return nil }
    labels.append(String(decoding: rest.prefix(Int(length)), as: UTF8.self))
    rest = rest.dropFirst(Int(length))
  }
  return labels.joined(separator: ".")
}
