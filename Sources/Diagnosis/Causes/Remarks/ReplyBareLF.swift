extension CauseID {
  package static let replyBareLF = CauseID(rawValue: "reply-bare-lf")
}

extension CatalogueRemark {
  static let replyBareLF = CatalogueRemark(
    id: .replyBareLF,
    text: """
      A reply line ends in LF without CR, against RFC 5321 section 2.3.8. Most clients take it; one \
      that waits for CRLF waits until its timeout.
      """,
    causes: [.bareLf])
}
