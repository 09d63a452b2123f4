extension CauseID {
  package static let replyBareCR = CauseID(rawValue: "reply-bare-cr")
}

extension CatalogueRemark {
  static let replyBareCR = CatalogueRemark(
    id: .replyBareCR,
    text: """
      A CR without LF stands inside a reply line, against RFC 5321 section 2.3.8. Clients disagree \
      on whether the line ends there.
      """,
    causes: [.bareLf])
}
