extension CauseID {
  package static let replyLongLine = CauseID(rawValue: "reply-long-line")
}

extension CatalogueRemark {
  static let replyLongLine = CatalogueRemark(
    id: .replyLongLine,
    text: """
      A reply line is longer than the 512 octets of RFC 5321 section 4.5.3.1.5. A client with a \
      buffer of that size cuts it, and takes the rest for another line.
      """,
    causes: [.replyCountMismatch])
}
