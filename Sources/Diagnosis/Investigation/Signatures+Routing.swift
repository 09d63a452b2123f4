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
    requires: [.goes { $0.otherAddress }], best: .confirmed)

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

  /// Another address of the target than the one that failed, of the same family where there is one.
  var otherAddress: Knob? {
    let tried = trace.target.address ?? trace.attempts.last?.address
    let others = subject.addresses.filter { $0 != tried }
    return (others.first { $0.contains(":") == usesIPv6 } ?? others.first).map(Knob.address)
  }
}
