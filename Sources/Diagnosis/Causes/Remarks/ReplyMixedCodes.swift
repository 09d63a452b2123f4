extension CauseID {
  package static let replyMixedCodes = CauseID(rawValue: "reply-mixed-codes")
}

extension CatalogueRemark {
  static let replyMixedCodes = CatalogueRemark(
    id: .replyMixedCodes,
    text: """
      The lines of one reply carry different codes. RFC 5321 section 4.2.1 wants the same code in \
      every line; some clients act on the first, others on the last, so a greeting of 220 and \
      then 521 is a welcome to one and a refusal to the other.
      """,
    causes: [.replyCountMismatch, .banner5xxOrDrop])
}
