extension CauseID {
  package static let nat64Dns64 = CauseID(rawValue: "nat64-dns64")
}

extension Cause {
  static let nat64Dns64 = Cause(
    id: .nat64Dns64, code: "I8",
    title: "A host with IPv4 alone is reached through an IPv6 translator",
    mechanism: """
      In a network without IPv4, DNS64 makes an address in 64:ff9b::/96 of an A record, and a \
      translator stands in between: the server sees the translator's address, with its \
      reputation, and packets have 20 bytes less of room.
      """,
    symptoms: """
      An address that begins with 64:ff9b, refusals about the address, or stalls of large \
      segments.
      """,
    experiment: """
      -4 where there is any.
      """,
    remedies: Remedies(
      kernel: [
        .advice(
          """
          Send by IPv4, or by a host that has it.
          """)
      ]),
    sources: [
      "RFC 6052 section 2.1; RFC 6147; RFC 7915"
    ],
    twins: [.ipv6BrokenPath])
}
