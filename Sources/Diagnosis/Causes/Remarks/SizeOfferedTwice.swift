extension CauseID {
  package static let sizeOfferedTwice = CauseID(rawValue: "size-offered-twice")
}

extension CatalogueRemark {
  static let sizeOfferedTwice = CatalogueRemark(
    id: .sizeOfferedTwice,
    text: """
      SIZE stands twice in the reply to EHLO. Clients take the first or the last of them (RFC \
      1870 says nothing of it), and two clients may hold different messages for too large.
      """,
    causes: [.sizeDropNo5xx])
}
