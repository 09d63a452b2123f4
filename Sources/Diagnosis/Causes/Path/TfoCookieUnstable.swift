extension CauseID {
  package static let tfoCookieUnstable = CauseID(rawValue: "tfo-cookie-unstable")
}

extension Cause {
  static let tfoCookieUnstable = Cause(
    id: .tfoCookieUnstable, code: "P3",
    title: "The server never takes the Fast Open cookie that it gave",
    mechanism: """
      Behind one address stand several servers that do not share a key, or the key changes often. \
      A cookie from one is nothing to the next: data in the SYN is ignored and sent again. \
      Nothing stalls. Data in a SYN may also reach the program twice, so nothing that must not be \
      repeated belongs there.
      """,
    symptoms: "tcpi_fastopen_client_fail is 2 after data in the SYN, or 1 again and again.",
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
    twins: [.tfoSynDropped])
}
