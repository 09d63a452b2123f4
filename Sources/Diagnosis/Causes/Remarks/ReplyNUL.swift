extension CauseID {
  package static let replyNUL = CauseID(rawValue: "reply-nul")
}

extension CatalogueRemark {
  static let replyNUL = CatalogueRemark(
    id: .replyNUL,
    text: """
      A reply holds a zero byte. Programs written in C see it end there, so what is logged is not \
      what was said.
      """,
    causes: [.nulByteDrop])
}
