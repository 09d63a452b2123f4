import SessionTrace

/// Family I, and connections that are not made.
extension Signatures {
  static let routing = [brokenIPv6, partlyReachable, filtered, refusesECN]

  private static let brokenIPv6 = Signature(
    id: "ipv6-broken-path",
    fits: {
      $0.usesIPv6 && $0.subject.addresses.contains { !$0.contains(":") }
        && $0.status != .rejected && $0.status != .deferred
    },
    requires: [.goes(with: .ipv4)],
    confirms: [.stays(with: .ipv6)],
    best: .confirmed)

  private static let partlyReachable = Signature(
    id: "multi-mx-partial",
    fits: { $0.subject.addresses.count > 1 && $0.status != .ok },
    requires: [.anotherAddressServes], best: .confirmed)

  private static let filtered = Signature(
    id: "syn-filtered",
    fits: { $0.status == .unreachable && $0.stage == .connect },
    requires: [
      .stays { $0.usesFastOpen ? .fastOpenOff : nil },
      .stays { $0.usesIPv6 && $0.subject.addresses.count > 1 ? .ipv4 : nil },
    ],
    confirms: [
      .seen("no connection came about", not: "") { $0.status == .unreachable }
    ],
    decider: "the same from another network, and other ports of the same host")

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
  /// Whether the address that failed, or the last that was tried, is one of IPv6.
  var usesIPv6: Bool {
    (trace.target.address ?? trace.attempts.last?.address ?? "").contains(":")
  }

  /// The target's addresses but the one that failed, those of the same family first.
  var otherAddresses: [Knob] {
    let tried = trace.target.address ?? trace.attempts.last?.address
    let others = subject.addresses.filter { $0 != tried }
    let alike = others.filter { $0.contains(":") == usesIPv6 }
    return (alike + others.filter { !alike.contains($0) }).prefix(8).map(Knob.address)
  }
}

extension Criterion {
  /// At one other address of the target or more, the failure is gone.
  fileprivate static let anotherAddressServes = Criterion(knobs: { $0.control.otherAddresses }) {
    evidence in
    let knobs = evidence.control.otherAddresses
    func sentences(_ wanted: Experiment.Effect) -> [String] {
      knobs.filter { evidence.effect(of: $0) == wanted }.map(evidence.sentence)
    }
    let gone = sentences(.gone)
    let same = sentences(.same)
    if !gone.isEmpty { return .yes((gone + same).joined(separator: "; ")) }
    return !same.isEmpty && same.count == knobs.count
      ? .no(same.joined(separator: "; ")) : .unknown
  }
}
