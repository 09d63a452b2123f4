import SessionTrace

extension CauseID {
  package static let tfoConntrackWscaleReset = CauseID(rawValue: "tfo-conntrack-wscale-reset")
}

extension Cause {
  static let tfoConntrackWscaleReset = Cause(
    id: .tfoConntrackWscaleReset, code: "P1",
    alsoCalled: ["TCP Fast Open", "TFO", "conntrack", "iptables", "nftables"],
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
    symptoms: """
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
    rules: [.fastOpenConntrack])
}

extension CauseRule {
  fileprivate static let fastOpenConntrack = CauseRule(
    fits: { $0.isUnacknowledged && $0.usesFastOpen && $0.group >= .envelope },
    requires: [.goes(with: .fastOpenOff), .stays { .segmentSize($0.smallSegment) }],
    confirms: [
      .seen(
        "the acknowledgements stop just past 64 KiB",
        not: "the acknowledgements do not stop just past 64 KiB"
      ) { (55_000...75_000).contains($0.trace.ledger.acknowledged) },
      .seen(
        "this host's kernel is older than 5.18 and tracks connections",
        not: "this host's kernel is 5.18 or newer, or does not track connections: if it is this"
          + " bug, it is in a firewall on the way"
      ) { $0.trace.environment.hasConntrackBug },
    ],
    best: .confirmed,
    decider: "the packet filter of every Linux host on the way: nf_conntrack_log_invalid=6 prints"
      + " \"SEQ is over the upper bound\"")
}

extension EnvironmentRecord {
  /// Whether this host's kernel is in the range of the conntrack bug of seed 003, and has conntrack.
  fileprivate var hasConntrackBug: Bool {
    let parts = kernel.split(separator: ".").prefix(2).compactMap {
      Int($0.prefix(while: \.isNumber))
    }
    guard parts.count == 2 else { return false }
    return (parts[0], parts[1]) < (5, 18)
      && sysctl["net.netfilter.nf_conntrack_tcp_be_liberal"] == "0"
  }
}
