extension CauseID {
  package static let ipv6BrokenPath = CauseID(rawValue: "ipv6-broken-path")
}

extension Cause {
  static let ipv6BrokenPath = Cause(
    id: .ipv6BrokenPath, code: "I1",
    alsoCalled: ["IPv6", "happy eyeballs"],
    title: "The server has an IPv6 address, and IPv6 does not work on the way",
    mechanism: """
      A name has AAAA records and the sender an IPv6 address, but the path between them is dead \
      or loses large packets. Mail servers try addresses in turn and do not race them; a limit on \
      addresses may exclude every IPv4 address before one is tried.
      """,
    symptoms: "Unreachable, or a stall at the first large segment, over IPv6; well over IPv4.",
    experiment: "-4 and -6, everything else alike.",
    remedies: Remedies(
      exim: [
        .setting(
          "dns_ipv4_lookup = <domain>",
          "Main option: looks up A records only. disable_ipv6 = true is for the whole host.")
      ],
      postfix: [
        .setting("smtp_address_preference = ipv4", "Or inet_protocols = ipv4.")
      ],
      kernel: [
        .setting("ip -6 route change default via GATEWAY dev DEVICE mtu 1280")
      ],
      receiver: [
        .advice("Mend the IPv6 path, or take the AAAA record out.")
      ]),
    sources: [
      """
      Postfix postconf(5), smtp_address_preference, smtp_mx_address_limit, \
      smtp_balance_inet_protocols
      """,
      "RFC 8201",
    ],
    twins: [.pmtuBlackholeForward, .synFiltered],
    rules: [.brokenIPv6])
}

extension CauseRule {
  fileprivate static let brokenIPv6 = CauseRule(
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
}
