/// Family P, second part: packet sizes, windows, options.
extension Catalogue {
  /// All of it, in the order of the codes.
  static let path = [
    pmtuBlackholeForward, pmtuBlackholeReverse, wscaleIgnoredByRouter, wscaleStrippedFromSynack,
    sackSeqrandMismatch, tcpTimestampsPaws, ecnBlackhole,
  ]

  private static let pmtuBlackholeForward = CatalogueEntry(
    id: "pmtu-blackhole-forward", code: "P5",
    title: "Our large segments vanish, and so does the message that they are too large",
    mechanism: """
      A link on the way takes smaller packets than ours (a tunnel, PPPoE). Its router drops \
      packets that must not be fragmented and says so by ICMP; a filter drops that message, so \
      the sender never learns and sends the same packet again until it gives up. Commands fit any \
      link, so the envelope passes and the content hangs; a pipelined envelope larger than a \
      segment hangs too.
      """,
    signature: """
      Stalled with custody unacknowledged at the first full segment: acknowledgements stop, the \
      backoff grows, the path MTU is still that of the interface.
      """,
    experiment: """
      --mss 1000 passes, and so does --pmtu-discovery dont, where routers may fragment. Where they \
      do not, whatever is as large is lost, and be it EHLO with a long name. Bisecting --mss gives \
      the path's size.
      """,
    remedies: Remedies(
      exim: [
        .advice("Nothing in the transport: it is the host's matter.")
      ],
      kernel: [
        .setting(
          "net.ipv4.tcp_mtu_probing = 1",
          "The kernel finds a size that passes after a few timeouts."),
        .setting(
          "ip route add <address> via GATEWAY mtu 1400",
          """
          Or clamp: nft add rule ... tcp option maxseg size set rt mtu. net.ipv4.ip_no_pmtu_disc \
          = 1 stops discovery.
          """),
      ],
      receiver: [
        .advice(
          """
          Let ICMP type 3 code 4 and ICMPv6 type 2 through; clamp the segment size at the narrow \
          link.
          """)
      ]),
    sources: [
      "seed 004 (Exim FAQ Q0017, item 3); Exim FAQ Q0014, Q0069",
      "RFC 2923 section 2.1; RFC 4821",
    ],
    twins: [
      "eod-split-mailguard", "tfo-conntrack-wscale-reset", "wscale-ignored-by-router",
      "sack-seqrand-mismatch", "content-triggered-loss", "nat-idle-timeout",
      "clienthello-multisegment", "ipv6-broken-path",
    ])

  private static let pmtuBlackholeReverse = CatalogueEntry(
    id: "pmtu-blackhole-reverse", code: "P6",
    title: "The server's large segments vanish on their way to us",
    mechanism: """
      The same black hole in the other direction: a long EHLO reply, or a certificate chain, \
      fills a segment that does not fit a link, and the server does not learn of it. Our command \
      was acknowledged, so it looks like a server that does not answer.
      """,
    signature: """
      Stalled with custody acknowledged_unanswered where the reply would be longer than a \
      segment; short replies arrived. Under TLS: the ClientHello is acknowledged and the \
      handshake stays silent.
      """,
    experiment: """
      --mss 1000, which also advertises a small segment to the server: the reply arrives at once. \
      Waiting does not help. It is the one cheap test that tells this from a dead server.
      """,
    remedies: Remedies(
      kernel: [
        .setting(
          "ip route add <address> via GATEWAY advmss 1300",
          "Advertises smaller segments to this host.")
      ],
      receiver: [
        .setting("net.ipv4.tcp_mtu_probing = 1", "On the server; and let ICMP through to it.")
      ]),
    sources: [
      "RFC 2923 section 2.1"
    ],
    twins: [
      "reseg-boundary-loss", "banner-delay", "backlog-no-banner", "clienthello-multisegment",
      "clienthello-256-511",
    ])

  private static let wscaleIgnoredByRouter = CatalogueEntry(
    id: "wscale-ignored-by-router", code: "P7",
    title: "A router takes the scaled window for a plain one and drops what lies beyond",
    mechanism: """
      Window scaling multiplies the advertised number. A router that follows connections and does \
      not know the option takes 5800 for 5800 where 23,200 was meant, and discards every segment \
      beyond. The rest of a flight is lost each time.
      """,
    signature: """
      Custody unacknowledged a few kilobytes into the content, from the first or second flight \
      on; each timeout lets a little pass, so it crawls. Window scaling is among the negotiated \
      options.
      """,
    experiment: """
      Less in flight than the unscaled window passes (--sndbuf with a small value); a smaller \
      segment size alone does not.
      """,
    remedies: Remedies(
      postfix: [
        .setting("tcp_windowsize = 65535", "For all of Postfix; it keeps scaling out.")
      ],
      kernel: [
        .setting(
          "ip route add <address> via GATEWAY window 65535",
          "For one host; net.ipv4.tcp_window_scaling = 0 is for all.")
      ],
      receiver: [
        .advice("Replace or update the router.")
      ]),
    sources: [
      "Wietse Venema, postfix-users message 20259; Postfix HISTORY 20090109",
      "LWN 92727; LKML 2006-09-06, per-route window scaling",
    ],
    twins: [
      "tfo-conntrack-wscale-reset", "pmtu-blackhole-forward", "wscale-stripped-from-synack",
    ])

  private static let wscaleStrippedFromSynack = CatalogueEntry(
    id: "wscale-stripped-from-synack", code: "P8",
    title: "Window scaling is removed in one direction only",
    mechanism: """
      A device deletes the window scale option from one of the two handshake packets. One side \
      then scales and the other does not: a window of 65,536 announced with a scale of 10 reads \
      as 64 bytes.
      """,
    signature: """
      A tiny peer window and a crawl of a few hundred bytes a second; the negotiated options lack \
      window scaling.
      """,
    experiment: """
      None is needed beside the numbers; without scaling on the sender's host it goes away.
      """,
    remedies: Remedies(
      postfix: [
        .setting("tcp_windowsize = 65535")
      ],
      kernel: [
        .setting(
          "ip route add <address> via GATEWAY window 65535",
          "Or net.ipv4.tcp_window_scaling = 0.")
      ],
      receiver: [
        .advice("Stop the device from rewriting TCP options.")
      ]),
    sources: [
      "RFC 7323 section 2.2",
      "serverscout.ie, TCP window scaling mismatches",
    ],
    twins: [
      "wscale-ignored-by-router", "zero-window-tarpit",
    ])

  private static let sackSeqrandMismatch = CatalogueEntry(
    id: "sack-seqrand-mismatch", code: "P9",
    title: "A firewall rewrites sequence numbers and forgets the SACK blocks",
    mechanism: """
      A firewall that randomises sequence numbers must translate the blocks of selective \
      acknowledgements too. If it does not, the sender gets blocks outside its window as soon as \
      a packet is lost, ignores them, and recovers by timeouts alone; some stacks drop the whole \
      acknowledgement and stall.
      """,
    signature: """
      Custody unacknowledged, only after real loss; SACK was negotiated and no block is ever \
      counted.
      """,
    experiment: """
      None that decides without root. With net.ipv4.tcp_sack = 0 on the sender it goes away.
      """,
    remedies: Remedies(
      kernel: [
        .setting("net.ipv4.tcp_sack = 0", "For the whole host; for a test.")
      ],
      receiver: [
        .setting(
          "set connection random-sequence-number disable",
          "On the ASA; older releases: norandomseq.")
      ]),
    sources: [
      "Cisco, disabling TCP sequence randomization; Cisco community 3108605",
      "RFC 2018",
    ],
    twins: [
      "tfo-conntrack-wscale-reset", "pmtu-blackhole-forward", "tcp-timestamps-paws",
    ])

  private static let tcpTimestampsPaws = CatalogueEntry(
    id: "tcp-timestamps-paws", code: "P10",
    title: "Segments are discarded for timestamps that ran backwards",
    mechanism: """
      A NAT mixes several hosts' clocks behind one address, or a device rewrites timestamps; the \
      receiver's protection against wrapped sequence numbers (PAWS) throws the segments away.
      """,
    signature: """
      A SYN unanswered when a port is used again, or custody unacknowledged; the host's counter \
      PAWSEstab grows.
      """,
    experiment: "net.ipv4.tcp_timestamps = 0 on the sender, for a test; it takes root.",
    remedies: Remedies(
      kernel: [
        .setting("net.ipv4.tcp_timestamps = 0", "For the whole host.")
      ],
      receiver: [
        .advice("Let the NAT leave the option alone, or rewrite it for each connection.")
      ]),
    sources: [
      "RFC 7323 section 5"
    ],
    twins: [
      "sack-seqrand-mismatch", "ct-port-reuse-challenge", "syn-filtered",
    ])

  private static let ecnBlackhole = CatalogueEntry(
    id: "ecn-blackhole", code: "P11",
    title: "A SYN that asks for ECN is dropped or reset",
    mechanism: """
      Old firewalls take the two bits of Explicit Congestion Notification for an attack. Linux \
      asks for ECN only when told to (tcp_ecn 1), and tries again without after a timeout, so it \
      is mostly a delay.
      """,
    signature: """
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
    twins: [
      "tfo-syn-dropped", "syn-filtered",
    ])
}
