extension CauseID {
  package static let aaaaLookupFails = CauseID(rawValue: "aaaa-lookup-fails")
}

extension CatalogueRemark {
  static let aaaaLookupFails = CatalogueRemark(
    id: .aaaaLookupFails,
    alsoCalled: ["SERVFAIL"],
    text: """
      The question for AAAA records failed or was not answered, while the one for A records brought \
      addresses. The name server must say that there is no such record (RFC 4074 section 4); a mail \
      server that takes the failure for an answer puts the mail off, though it could go over IPv4, \
      and one that waits for both answers is late. Sendmail has the option WorkAroundBrokenAAAA.
      """,
    causes: [.mxCname])
}
