extension CauseID {
  package static let synRetransmitted = CauseID(rawValue: "syn-retransmitted")
}

extension CatalogueRemark {
  static let synRetransmitted = CatalogueRemark(
    id: .synRetransmitted,
    alsoCalled: ["slow connect", "packet loss"],
    text: """
      The connection came about, and only after the SYN had been sent more than once. The kernel \
      sends it again after one second, and after twice as long each further time (RFC 6298 section \
      2), so every delivery is that much late, and a client with a shorter connect timeout does \
      not get through at all. Once, it is a lost packet. Where it is so every time, something \
      drops the first SYN on purpose (greylisting in a packet filter, a rate limit, SYN \
      protection), loses some of them, or the server's queue of connections is full.
      """,
    causes: [.synFiltered, .ecnBlackhole, .tfoSynDropped, .connectionLimit421])
}
