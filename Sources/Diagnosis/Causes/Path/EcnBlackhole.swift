import SessionTrace

extension CauseID {
  package static let ecnBlackhole = CauseID(rawValue: "ecn-blackhole")
}

extension Cause {
  static let ecnBlackhole = Cause(
    id: .ecnBlackhole, code: "P11",
    title: "A SYN that asks for ECN is dropped or reset",
    mechanism: """
      Old firewalls take the two bits of Explicit Congestion Notification for an attack. Linux \
      asks for ECN only when told to (tcp_ecn 1), and tries again without after a timeout, so it \
      is mostly a delay.
      """,
    symptoms: """
      Unreachable, or connected a second late, and only on hosts with tcp_ecn set to 1 or 3.
      """,
    experiment: "The sysctl stands in the report; compare with a host where it is 2.",
    remedies: Remedies(
      kernel: [
        .setting("net.ipv4.tcp_ecn = 2", "The default: take it, do not ask for it.")
      ],
      receiver: [
        .advice("Update the firewall.")
      ]),
    sources: [
      "Exim FAQ Q0068, Q9609",
      "RFC 3168 section 6.1.1.1",
    ],
    twins: [.tfoSynDropped],
    rules: [.refusesECN])
}

extension CauseRule {
  fileprivate static let refusesECN = CauseRule(
    fits: {
      $0.status == .unreachable && $0.stage == .connect
        && ["1", "3"].contains($0.trace.environment.sysctl["net.ipv4.tcp_ecn"])
    },
    requires: [
      .seen("this host asks for ECN in every SYN (net.ipv4.tcp_ecn)", not: "") { _ in true }
    ],
    decider: "the same with net.ipv4.tcp_ecn=2, which needs root")
}
