import SessionTrace

/// Family I, and connections that are not made.
extension Signatures {
  static let routing = [
    nullMX, noExchanger, brokenIPv6, partlyReachable, filtered, usedPort, refused, refusesECN,
  ]

  private static let nullMX = Signature(
    id: "null-mx", fits: { $0.resolveFailure?.name == "NULL_MX" },
    requires: [
      .seen("the domain's only MX record names nobody: it takes no mail", not: "") { _ in true }
    ],
    decider: "the domain's own MX records, from any other place: they are the last word")

  private static let noExchanger = Signature(
    id: "mx-cname",
    fits: {
      $0.isForDomain && $0.stage == .resolve && $0.status == .unreachable
        && $0.resolveFailure?.name != "NULL_MX"
    },
    requires: [.noAddress],
    decider: "the MX records of the domain and the address records of each exchanger, asked of its"
      + " own name servers")

  private static let brokenIPv6 = Signature(
    id: "ipv6-broken-path",
    fits: {
      $0.usesIPv6 && $0.subject.addresses.contains { !$0.contains(":") }
        && $0.status != .rejected && $0.status != .deferred
    },
    requires: [.goes(with: .ipv4)],
    confirms: [
      .stays(with: .ipv6),
      .seen(
        "over IPv6 nothing comes through",
        not: "over IPv6 the server is reached: it may be another one, or set up in another way"
      ) { $0.status == .unreachable || $0.isUnacknowledged },
    ],
    best: .confirmed)

  private static let partlyReachable = Signature(
    id: "multi-mx-partial",
    fits: { $0.subject.addresses.count > 1 && $0.status != .ok },
    requires: [.anotherAddressServes], best: .confirmed)

  private static let filtered = Signature(
    id: "syn-filtered",
    fits: { $0.status == .unreachable && $0.stage == .connect && !$0.filteredAttempts.isEmpty },
    requires: [
      .told(of: \.filteredAttempts),
      .stays { $0.usesFastOpen ? .fastOpenOff : nil },
      .stays { $0.localPort == nil ? nil : .anyPort },
      .stays { $0.usesIPv6 && $0.subject.addresses.count > 1 ? .ipv4 : nil },
    ],
    decider: "the same from another network, and other ports of the same host")

  /// Never confirmed: a filter on the port that we come from looks the same.
  private static let usedPort = Signature(
    id: "ct-port-reuse-challenge",
    fits: { $0.status == .unreachable && $0.stage == .connect && $0.localPort != nil },
    requires: [.goes(with: .anyPort)],
    decider:
      "a capture: whether an ACK answers our SYN, of a connection that we have forgotten; after"
      + " some minutes the port is free again")

  /// A remark of the catalogue's: an answer to the SYN is no filter, or one that cannot be told from a
  /// host on which nothing listens.
  private static let refused = Signature(
    id: "connection-refused",
    fits: { $0.status == .unreachable && $0.stage == .connect && !$0.refusedAttempts.isEmpty },
    requires: [.told(of: \.refusedAttempts)],
    decider:
      "on the server: whether anything listens there (ss -ltn); from another network: whether"
      + " it is refused there too")

  private static let refusesECN = Signature(
    id: "ecn-blackhole",
    fits: {
      $0.status == .unreachable && $0.stage == .connect
        && ["1", "3"].contains($0.trace.environment.sysctl["net.ipv4.tcp_ecn"])
    },
    requires: [
      .seen("this host asks for ECN in every SYN (net.ipv4.tcp_ecn)", not: "") { _ in true }
    ],
    decider: "the same with net.ipv4.tcp_ecn=2, which needs root")
}

extension Control {
  /// Why no address was found for the target; `nil` where nothing answered.
  fileprivate var resolveFailure: SystemFailure? {
    guard stage == .resolve, case .unreachable(let failure?) = trace.ending else { return nil }
    return failure
  }

  /// The port that the user would have us come from.
  fileprivate var localPort: Int? {
    if case .number(let port) = trace.options["local_port"] { port } else { nil }
  }

  /// Whether the target is a domain's mail exchangers, not a host that was named.
  fileprivate var isForDomain: Bool {
    let given = trace.target.given
    return given.hasPrefix("mx:") || given.contains("@") || given.hasPrefix("lab:")
  }

  /// Attempts that a filter ended, or whatever else lets nothing through: silence, a message of ICMP, or
  /// this host's own rule.
  var filteredAttempts: [ConnectionAttempt] {
    trace.attempts.filter { attempt in
      guard let failure = attempt.failure, !attempt.hasOneSYN else { return false }
      switch attempt.failureOrigin {
      case "timeout", "icmp": return true
      case "rst": return false
      // The kernel's "local" covers missing routes too; none is where the session's own end came first.
      default: return ["ETIMEDOUT", "EPERM", "EACCES"].contains(failure.name)
      }
    }
  }

  /// Attempts that were answered with a reset: by the host itself, or in its name.
  var refusedAttempts: [ConnectionAttempt] {
    trace.attempts.filter { $0.failure != nil && $0.failureOrigin == "rst" }
  }

  /// Whether the address that failed, or the last that was tried, is one of IPv6.
  var usesIPv6: Bool {
    (trace.target.address ?? trace.attempts.last?.address ?? "").contains(":")
  }

  /// The target's addresses but the one that failed, those of the same family first.
  var otherAddresses: [Variation] {
    let tried = trace.target.address ?? trace.attempts.last?.address
    let others = subject.addresses.filter { $0 != tried }
    let alike = others.filter { $0.contains(":") == usesIPv6 }
    return (alike + others.filter { !alike.contains($0) }).prefix(8).map(Variation.address)
  }
}

extension Criterion {
  fileprivate static let noAddress = Criterion(variations: { _ in [] }) { evidence in
    guard let failure = evidence.control.resolveFailure else {
      return .yes(
        "where the domain's mail goes could not be found out: the name server did not answer in time"
      )
    }
    let finding =
      failure.saysThereIsNone
      ? "no address for the domain's mail" : "where the domain's mail goes could not be found out"
    return .yes("\(finding): \(failure.name), \(failure.text)")
  }

  /// At one other address of the target or more, the failure is gone.
  fileprivate static let anotherAddressServes = Criterion(variations: { $0.control.otherAddresses })
  {
    evidence in
    let variations = evidence.control.otherAddresses
    func sentences(_ wanted: Experiment.Effect) -> [String] {
      variations.filter { evidence.effect(of: $0) == wanted }.map(evidence.sentence)
    }
    let gone = sentences(.gone)
    let same = sentences(.same)
    if !gone.isEmpty { return .yes((gone + same).joined(separator: "; ")) }
    return !same.isEmpty && same.count == variations.count
      ? .no(same.joined(separator: "; ")) : .unknown
  }
}

extension Criterion {
  /// What became of these attempts, an address each; there are some.
  fileprivate static func told(
    of attempts: @escaping @Sendable (Control) -> [ConnectionAttempt]
  ) -> Criterion {
    Criterion(variations: { _ in [] }) { evidence in
      .yes(attempts(evidence.control).map(\.inWords).joined(separator: "; "))
    }
  }
}

extension ConnectionAttempt {
  /// `192.0.2.25 port 25 did not answer (ETIMEDOUT)`.
  fileprivate var inWords: String {
    let end = "(\(failure?.name ?? "no reason"))"
    switch failureOrigin {
    case "rst": return "\(address) port \(port) answered the SYN with a reset \(end)"
    case "icmp": return "an ICMP message says that nobody reaches \(address) port \(port) \(end)"
    case "local": return "this host itself forbids a connection to \(address) port \(port) \(end)"
    default: return "\(address) port \(port) did not answer the SYN \(end)"
    }
  }
}
