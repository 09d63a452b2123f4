extension CauseID {
  package static let aLookupFails = CauseID(rawValue: "a-lookup-fails")
}

extension CatalogueRemark {
  static let aLookupFails = CatalogueRemark(
    id: .aLookupFails,
    text: """
      The question for A records failed or was not answered, while the one for AAAA records brought \
      addresses. The name server must say that there is no such record; a mail server that takes the \
      failure for an answer puts the mail off, though it could go over IPv6, and one that waits for \
      both answers is late.
      """,
    causes: [.mxCname])
}
