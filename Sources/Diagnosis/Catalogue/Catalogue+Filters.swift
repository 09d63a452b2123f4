/// Family P, third part: whatever forgets, filters or ends a connection.
extension Catalogue {
  /// All of it, in the order of the codes.
  static let filters = [
    ctPortReuseChallenge, contentTriggeredLoss, zeroWindowTarpit, natIdleTimeout,
    genericTcpTermination, synFiltered,
  ]

  private static let ctPortReuseChallenge = CatalogueEntry(
    id: "ct-port-reuse-challenge", code: "P12",
    title: "A new connection from a port just used is swallowed",
    mechanism: """
      The server still holds the old connection of the same addresses and ports and answers the \
      SYN with a challenge. The sender's own connection tracking marked the reset that should \
      clear it as invalid and dropped it. The correction of tfo-conntrack-wscale-reset brought \
      this, a later one ended it.
      """,
    signature: """
      Unreachable by timeout, only with a source port that was used a moment ago (--local-port, \
      or a pool that is exhausted).
      """,
    experiment: "Another source port connects at once.",
    remedies: Remedies(
      exim: [
        .advice("Do not pin source ports.")
      ],
      kernel: [
        .advice("Linux 6.2, or a stable kernel with commit c410cb974f2b.")
      ]),
    sources: [
      "Linux commit c410cb974f2b; RFC 5961 section 4"
    ],
    twins: [
      "tcp-timestamps-paws", "syn-filtered",
    ])

  private static let contentTriggeredLoss = CatalogueEntry(
    id: "content-triggered-loss", code: "P13",
    title: "A certain pattern of bytes never gets through",
    mechanism: """
      A faulty line or an inspecting device drops every packet with a certain content; the story \
      tells of an ISDN line that lost more than four X in a row. Retransmission does not help, \
      since the bytes are the same.
      """,
    signature: """
      Custody unacknowledged, always at the same place of the same message, whatever the segment \
      size.
      """,
    experiment: """
      Other segment sizes (--mss, --split): the place in the message stays. The same message in \
      base64 passes. Halving the message finds the pattern.
      """,
    remedies: Remedies(
      receiver: [
        .advice("Mend the line, or the rule of the device. Until then encode the body.")
      ]),
    sources: [
      "Exim FAQ Q0014, item 3"
    ],
    twins: [
      "tfo-conntrack-wscale-reset", "pmtu-blackhole-forward", "nul-byte-drop",
    ])

  private static let zeroWindowTarpit = CatalogueEntry(
    id: "zero-window-tarpit", code: "P14",
    title: "The peer takes the connection and shuts its window",
    mechanism: """
      A tarpit in the packet filter (iptables TARPIT, LaBrea) completes the handshake, then \
      announces a window of zero and ignores everything for minutes, to tie up the client. An \
      overloaded server that has stopped reading looks alike, but has greeted before.
      """,
    signature: """
      Custody window_closed: a window of 0, probes with growing intervals, everything unsent. \
      From a tarpit no greeting ever comes.
      """,
    experiment: """
      Another source address, or another exchanger. A server that greeted and then stopped reads \
      too slowly.
      """,
    remedies: Remedies(
      receiver: [
        .advice(
          "Take the client off the list; or more capacity behind the window (disk, milters).")
      ]),
    sources: [
      "iptables TARPIT target; LaBrea",
      "RFC 9293 section 3.8.6.1",
    ],
    twins: [
      "wscale-stripped-from-synack", "banner-delay", "backlog-no-banner",
      "pipelining-window-deadlock",
    ])

  private static let natIdleTimeout = CatalogueEntry(
    id: "nat-idle-timeout", code: "P15",
    title: "A NAT or firewall forgets the connection during a long silence",
    mechanism: """
      While a server verifies a recipient, scans a message or delays on purpose, nothing moves. A \
      NAT with a timeout shorter than that silence drops the entry, and what either side sends \
      afterwards is lost or answered with a reset. TCP keepalive begins after two hours by \
      default, far too late.
      """,
    signature: """
      A quiet period, then custody unacknowledged or a reset. The server may have answered into \
      the void.
      """,
    experiment: """
      Silences of 30, 60, 120 and 300 seconds with a NOOP behind each. A keepalive every 20 \
      seconds keeps it alive.
      """,
    remedies: Remedies(
      exim: [
        .setting(
          "keepalive = true",
          "The default of the smtp transport; its interval is the kernel's.")
      ],
      kernel: [
        .setting("net.ipv4.tcp_keepalive_time = 60", "For all programs that ask for keepalive.")
      ],
      receiver: [
        .advice("Answer faster; a longer timeout on the NAT (RFC 5382: at least 2 h 4 min).")
      ]),
    sources: [
      "RFC 5382 section 5",
      "Exim specification, keepalive",
    ],
    twins: [
      "tfo-conntrack-wscale-reset", "pmtu-blackhole-forward", "eod-slow-or-duplicate",
    ])

  private static let genericTcpTermination = CatalogueEntry(
    id: "generic-tcp-termination", code: "P16",
    title: "Something other than the server acknowledges our bytes",
    mechanism: """
      A proxy, load balancer, scrubber or firewall ends the TCP connection and opens another one \
      behind it. That is no failure: it is what explains a lost boundary, a swallowed dot, a mask \
      or a scan. An acknowledgement shows that a TCP stack has the bytes; whose stack it is it \
      does not show.
      """,
    signature: """
      TCP's round trip is much shorter than the quickest reply. With a silent server behind it: \
      everything acknowledged, nothing answered, whatever is varied.
      """,
    experiment: """
      A segment sent with a small TTL (--hops) that is acknowledged was taken by a stack no \
      further away than that; compare the hops with the path's length. If none answers nearer, it \
      may stand right before the server.
      """,
    remedies: Remedies(
      receiver: [
        .advice("Find out who owns the device, and what it does to port 25.")
      ]),
    sources: [
      "seed 001 (the acknowledgements came from the firewall)"
    ],
    twins: [
      "av-proxy-store-and-forward", "hung-server", "reseg-boundary-loss", "data-354-delayed",
      "eod-slow-or-duplicate", "eod-split-mailguard", "reply-count-mismatch",
    ])

  private static let synFiltered = CatalogueEntry(
    id: "syn-filtered", code: "P17", aliases: ["port25-blocked"],
    title: "Port 25 is filtered",
    mechanism: """
      A provider, a cloud or a firewall lets no connection to port 25 out, or the server's \
      network lets none in. Silence is a drop, a reset is a refusal, and an ICMP message names \
      who forbids it.
      """,
    signature: """
      Unreachable: timeout, ECONNREFUSED, EHOSTUNREACH or EACCES; the attempts in the report say \
      who told it.
      """,
    experiment: """
      Another exchanger, another port of the same host (587, 443), the other address family.
      """,
    remedies: Remedies(
      exim: [
        .setting(
          "connect_timeout = 30s",
          "In the smtp transport; the default is 5m. Or route through a smarthost.")
      ],
      postfix: [
        .setting("relayhost = [SMARTHOST]:587", "Where the provider forbids port 25.")
      ],
      receiver: [
        .advice("Open port 25 to the world, or take the exchanger out of the DNS.")
      ]),
    sources: [
      "RFC 5321 section 4.5.4.1; Exim specification, connect_timeout"
    ],
    twins: [
      "tfo-syn-dropped", "tfo-late-connect-error", "tcp-timestamps-paws", "ecn-blackhole",
      "ct-port-reuse-challenge", "ipv6-broken-path", "multi-mx-partial",
    ])
}
