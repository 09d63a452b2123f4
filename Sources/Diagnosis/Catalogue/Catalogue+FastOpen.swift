/// Family P, first part: TCP Fast Open.
extension Catalogue {
  /// All of it, in the order of the codes.
  static let fastOpen = [
    tfoConntrackWscaleReset, tfoSynDropped, tfoCookieUnstable, tfoLateConnectError,
  ]

  private static let tfoConntrackWscaleReset = CatalogueEntry(
    id: "tfo-conntrack-wscale-reset", code: "P1",
    title: "The sender's own firewall forgets window scaling when the server speaks first",
    mechanism: """
      With a Fast Open cookie the server may send its banner right behind its SYN-ACK, before the \
      client's first acknowledgement. Linux connection tracking took that segment for the start \
      of a new exchange and set the window scale to 0, because the option stands in SYN and \
      SYN-ACK only. Later packets then seem to lie outside the window, count as invalid, and are \
      dropped by rule sets that drop what is invalid. The connection dies at the first \
      acknowledgement past 65,536 bytes. The fault is in the sender's own kernel, up to 5.17; it \
      showed when Exim 4.93 asked for Fast Open everywhere and kernel 5.14 stopped detecting Fast \
      Open black holes. Google's exchangers were merely the first to take the cookie.
      """,
    signature: """
      Stalled in the content with custody unacknowledged at 62 to 70 KiB, in nearly every session \
      with Fast Open; small messages pass. Retransmissions grow although a capture shows that the \
      acknowledgements arrive. Fast Open without data leaves no trace in TCP_INFO.
      """,
    experiment: """
      --message-size 300000 with --fast-open cookie (twice, the first fetches the cookie) against \
      --fast-open off. Smaller segments (--mss 536) do not help, which tells it from a path-MTU \
      black hole.
      """,
    remedies: Remedies(
      exim: [
        .setting(
          "hosts_try_fastopen = !<host>",
          "In the smtp transport. Since 4.97 only the first host of a run gets Fast Open.")
      ],
      kernel: [
        .setting("net.netfilter.nf_conntrack_tcp_be_liberal = 1", "Or net.ipv4.tcp_fastopen = 0."),
        .advice("Linux 5.18 or later, or a stable kernel with commit c7aab4f17021."),
        .setting(
          "net.ipv4.tcp_fastopen_blackhole_timeout_sec = 3600",
          """
          Detects it and goes without for an hour. tcp_window_scaling = 0 works too and costs \
          throughput everywhere.
          """),
      ]),
    sources: [
      "seed 003 (Google's TCP Fast Open broken with Exim, 2022); hestiacp pull request 2730",
      "lore.kernel.org/lkml/E1nZMdl-0006nG-0J@plastiekpoot",
      "Linux commits c7aab4f17021 and 213ad73d0607",
      "Exim ChangeLog 4.93 JH/25; smtp.c, bug 2907",
    ],
    twins: [
      "pmtu-blackhole-forward", "wscale-ignored-by-router", "sack-seqrand-mismatch",
      "content-triggered-loss", "nat-idle-timeout", "tls-no-close-notify",
    ])

  private static let tfoSynDropped = CatalogueEntry(
    id: "tfo-syn-dropped", code: "P2",
    title: "Something drops a SYN that asks for Fast Open",
    mechanism: """
      A middlebox does not know TCP option 34, or does not like data in a SYN, and drops it. \
      Linux sends a plain SYN after a second, so it is a delay and no failure, unless the answers \
      are lost too.
      """,
    signature: """
      The connection takes about 1.02 s instead of a round trip; tcpi_fastopen_client_fail is 3, \
      and the SYN counts as a retransmission.
      """,
    experiment: """
      --fast-open off connects at once. A second try with Fast Open may be as slow: the kernel \
      gives up only after several losses.
      """,
    remedies: Remedies(
      exim: [
        .setting("hosts_try_fastopen = !<host>", "In the smtp transport.")
      ],
      kernel: [
        .setting("net.ipv4.tcp_fastopen = 0", "Or tcp_fastopen_blackhole_timeout_sec = 3600.")
      ],
      receiver: [
        .advice("Let TCP option 34 through.")
      ]),
    sources: [
      "RFC 7413 section 7.1",
      "Linux commits 480274787d7e and 783237e8daf1",
    ],
    twins: [
      "tfo-cookie-unstable", "ecn-blackhole", "syn-filtered",
    ])

  private static let tfoCookieUnstable = CatalogueEntry(
    id: "tfo-cookie-unstable", code: "P3",
    title: "The server never takes the Fast Open cookie that it gave",
    mechanism: """
      Behind one address stand several servers that do not share a key, or the key changes often. \
      A cookie from one is nothing to the next: data in the SYN is ignored and sent again. \
      Nothing stalls. Data in a SYN may also reach the program twice, so nothing that must not be \
      repeated belongs there.
      """,
    signature: "tcpi_fastopen_client_fail is 2 after data in the SYN, or 1 again and again.",
    experiment: "--fast-open data, five times to one address.",
    remedies: Remedies(
      exim: [
        .setting("hosts_try_fastopen = !<host>", "It saves a useless attempt.")
      ],
      receiver: [
        .advice("Share net.ipv4.tcp_fastopen_key among the servers.")
      ]),
    sources: [
      "RFC 7413 sections 4.1.2 and 6.1",
      "PowerDNS pull request 9995; Exim smtp_out.c",
    ],
    twins: [
      "tfo-syn-dropped"
    ])

  private static let tfoLateConnectError = CatalogueEntry(
    id: "tfo-late-connect-error", code: "P4",
    title: "The connection seems to stand, and the refusal comes with the first read",
    mechanism: """
      The lazy form of Fast Open returns from connect before the handshake. ECONNREFUSED or a \
      timeout then appears at the first read or write, and a mailer logs it as an SMTP error.
      """,
    signature: """
      An error of connecting in the stage banner, before any byte; the state of the socket was \
      SYN_SENT.
      """,
    experiment: "--fast-open off names the error where it belongs.",
    remedies: Remedies(
      exim: [
        .advice("Nothing to set: Exim knows the case and reports a failed connection.")
      ],
      receiver: [
        .advice("As for any refused connection.")
      ]),
    sources: [
      "Exim smtp.c, RESPONSE_FAILED"
    ],
    twins: [
      "syn-filtered"
    ])
}
