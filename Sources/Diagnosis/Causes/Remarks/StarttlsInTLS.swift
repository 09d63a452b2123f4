extension CauseID {
  package static let starttlsInTLS = CauseID(rawValue: "starttls-in-tls")
}

extension CatalogueRemark {
  static let starttlsInTLS = CatalogueRemark(
    id: .starttlsInTLS,
    text: """
      STARTTLS is offered again under TLS, against RFC 3207 section 4.2. A client that tries it \
      fails; the keyword list may come from something in front of the server.
      """,
    causes: [.starttlsStripped, .tlsGarbageAfter220])
}
