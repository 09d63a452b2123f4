/// Family I: names, addresses and policy before TCP.
extension Catalogue {
  /// All of it, in the order of the codes.
  static let routing = [
    ipv6BrokenPath, mxCname, nullMx, rdnsOrReputationReject, daneFailure, mtaStsEnforce,
    multiMxPartial,
  ]

  private static let ipv6BrokenPath = CatalogueEntry(
    id: "ipv6-broken-path", code: "I1",
    title: "The server has an IPv6 address, and IPv6 does not work on the way",
    mechanism: """
      A name has AAAA records and the sender an IPv6 address, but the path between them is dead \
      or loses large packets. Mail servers try addresses in turn and do not race them; a limit on \
      addresses may exclude every IPv4 address before one is tried.
      """,
    signature: "Unreachable, or a stall at the first large segment, over IPv6; well over IPv4.",
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
    twins: [
      "pmtu-blackhole-forward", "syn-filtered", "mx-cname", "multi-mx-partial",
    ])

  private static let mxCname = CatalogueEntry(
    id: "mx-cname", code: "I2", aliases: ["mx-no-address", "mx-loop"],
    title: "The exchanger is an alias, has no address, or is the sender itself",
    mechanism: """
      RFC 5321 gives no meaning to an MX record that names a CNAME; some mailers follow it, \
      others do not. An exchanger without an address cannot be reached, and one that leads back \
      to the sender is a loop.
      """,
    signature: "Unreachable at resolve, before any packet.",
    experiment: "Look up the exchangers and their addresses (mx:DOMAIN tries each in turn).",
    remedies: Remedies(
      exim: [
        .setting("dns_cname_loops = 9", "Main option: how many aliases to follow.")
      ],
      postfix: [
        .setting(
          "smtp_defer_if_no_mx_address_found = yes",
          "Keeps the mail while the zone is being mended.")
      ],
      receiver: [
        .advice("Point MX at names with A or AAAA records.")
      ]),
    sources: [
      "RFC 5321 section 5.1; RFC 2181 section 10.3"
    ],
    twins: [
      "ipv6-broken-path", "null-mx",
    ])

  private static let nullMx = CatalogueEntry(
    id: "null-mx", code: "I3",
    title: "The domain takes no mail",
    mechanism: """
      A single MX record of preference 0 with a dot for a name says that the domain accepts no \
      mail (RFC 7505). It is final: the address records of the domain must not be tried.
      """,
    signature: "Unreachable at resolve, with the null MX as the reason.",
    experiment: "None is needed: the DNS says so.",
    remedies: Remedies(
      receiver: [
        .advice("Nothing to mend, unless the record is a mistake.")
      ]),
    sources: [
      "RFC 7505"
    ],
    twins: [
      "mx-cname"
    ])

  private static let rdnsOrReputationReject = CatalogueEntry(
    id: "rdns-or-reputation-reject", code: "I4",
    title: "Refused for the address it comes from",
    mechanism: """
      The server refuses a client without a PTR record, or one on a block list, or with a poor \
      name. It says so: 550 5.7.25, 554 5.7.1. Large receivers put off, with 421 or 451, who has \
      a poor name or sends more than usual: [TSS04] at Yahoo, 4.7.28 at Gmail, S77719 at \
      Microsoft. It is policy, not transport, and no greylisting: time alone decides nothing.
      """,
    signature: "Rejected or deferred with words about reverse DNS, a list, volume or reputation.",
    experiment: "None by transport. Another source address shows that it is the address.",
    remedies: Remedies(
      receiver: [
        .advice("The sender needs a PTR record that leads back to its address, and delisting.")
      ]),
    sources: [
      "RFC 7372 (5.7.25); github.com/lettre/lettre pull request 1153"
    ],
    twins: [
      "banner-5xx-or-drop", "greylisting",
    ])

  private static let daneFailure = CatalogueEntry(
    id: "dane-failure", code: "I5",
    title: "DANE demands a TLS that does not verify",
    mechanism: """
      TLSA records for the exchanger make TLS mandatory and fix its key. If their lookup fails, \
      or the certificate does not match them, the mail is deferred and never sent in clear. \
      Records that were not changed with the certificate are the usual reason; name servers that \
      cannot prove that a record is absent are the other.
      """,
    signature: """
      Deferred before the connection (TLSA lookup failed) or after the handshake (no match), \
      while a session that does not check goes well.
      """,
    experiment: """
      Look up _25._tcp.EXCHANGER TLSA with DNSSEC, and compare with the certificate's key.
      """,
    remedies: Remedies(
      exim: [
        .setting("hosts_try_dane = !<host>", "In the smtp transport.")
      ],
      postfix: [
        .setting(
          "smtp_tls_policy_maps = inline:{<domain>=may}",
          "Overrides DANE for this domain, for a while.")
      ],
      receiver: [
        .advice(
          """
          Publish the new TLSA record before the new certificate; mend the zone's denial of \
          existence.
          """)
      ]),
    sources: [
      "RFC 7672",
      "github.com/danefail/list; exim-dev message 12652",
    ],
    twins: [
      "tls-legacy-intolerance", "mta-sts-enforce",
    ])

  private static let mtaStsEnforce = CatalogueEntry(
    id: "mta-sts-enforce", code: "I6",
    title: "An MTA-STS policy excludes the exchanger or its certificate",
    mechanism: """
      A domain with a policy in mode enforce wants TLS with a certificate that verifies, at an \
      exchanger that the policy names. One that was moved without changing the policy, or whose \
      certificate lapsed, gets no mail from senders who check, while all others deliver.
      """,
    signature: """
      Deferred by senders that check MTA-STS; a session with --tls require --tls-verify fails \
      where a plain one goes well.
      """,
    experiment: """
      Fetch the policy from mta-sts.DOMAIN and compare its mx lines with the DNS; check with \
      --tls-verify.
      """,
    remedies: Remedies(
      postfix: [
        .setting(
          "smtp_tls_policy_maps = inline:{<domain>=may}",
          "In front of the MTA-STS resolver's map, for a while.")
      ],
      receiver: [
        .advice("Change the policy before the exchangers; keep certificates valid.")
      ]),
    sources: [
      "RFC 8461"
    ],
    twins: [
      "tls-legacy-intolerance", "dane-failure",
    ])

  private static let multiMxPartial = CatalogueEntry(
    id: "multi-mx-partial", code: "I7",
    title: "One exchanger or address of several is bad",
    mechanism: """
      A domain with several exchangers or addresses works through some of them. Limits on tries \
      (five in Exim, two sessions in Postfix) hide the good ones behind the bad ones, and the \
      order among equals is random, so it comes and goes.
      """,
    signature: "One address stalls or refuses, another is well.",
    experiment: "Probe every address: mx:DOMAIN, then each address by itself.",
    remedies: Remedies(
      exim: [
        .setting("hosts_max_try = 10", "In the smtp transport.")
      ],
      postfix: [
        .setting("smtp_mx_session_limit = 4", "And smtp_mx_address_limit.")
      ],
      receiver: [
        .advice("Mend or remove the bad exchanger.")
      ]),
    sources: [
      "RFC 5321 section 5.1",
      "Postfix postconf(5), smtp_mx_session_limit",
    ],
    twins: [
      "syn-filtered", "ipv6-broken-path",
    ])
}
