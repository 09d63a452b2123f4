extension CauseID {
  package static let replyEightBit = CauseID(rawValue: "reply-eight-bit")
}

extension CatalogueRemark {
  static let replyEightBit = CatalogueRemark(
    id: .replyEightBit,
    text: """
      A reply holds bytes over 127 although SMTPUTF8 was not in use (RFC 6531 section 3.7.4.1). \
      Most clients log it as it is; terminals may not.
      """,
    causes: [.octet8bitOrUtf8Mismatch])
}
