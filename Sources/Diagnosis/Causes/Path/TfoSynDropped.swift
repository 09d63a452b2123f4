extension CauseID {
  package static let tfoSynDropped = CauseID(rawValue: "tfo-syn-dropped")
}

extension Cause {
  static let tfoSynDropped = Cause(
    id: .tfoSynDropped, code: "P2",
    title: "Something drops a SYN that asks for Fast Open",
    mechanism: """
      A middlebox does not know TCP option 34, or does not like data in a SYN, and drops it. \
      Linux sends a plain SYN after a second, so it is a delay and no failure, unless the answers \
      are lost too.
      """,
    symptoms: """
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
    rules: [.fastOpenDropped])
}

extension CauseRule {
  fileprivate static let fastOpenDropped = CauseRule(
    fits: { $0.usesFastOpen && ($0.group == .connection || $0.isSilentGreeting) },
    requires: [
      .goes(with: .fastOpenOff),
      // Where a connection came about, the server itself may mind early talkers.
      .stays { $0.talksEarly && $0.group != .connection ? .noPregreet : nil },
    ],
    best: .confirmed)
}
