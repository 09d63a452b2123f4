extension CauseID {
  package static let ownNameInEhlo = CauseID(rawValue: "own-name-in-ehlo")
}

extension CatalogueRemark {
  static let ownNameInEhlo = CatalogueRemark(
    id: .ownNameInEhlo,
    text: """
      The server calls itself what we call ourselves. Postfix takes that for a loop where an \
      MX record led there, and puts the mail off; elsewhere two hosts share a name, or a \
      device answers in the name of the client.
      """,
    causes: [.mxLoop])
}
