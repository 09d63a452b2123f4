extension CauseID {
  package static let starttlsRefused = CauseID(rawValue: "starttls-refused")
}

extension CatalogueRemark {
  static let starttlsRefused = CatalogueRemark(
    id: .starttlsRefused,
    text: """
      STARTTLS is offered and then refused. A client that insists on TLS cannot deliver; others go \
      on in clear text, as if TLS had never been offered.
      """,
    causes: [.tlsGarbageAfter220, .starttlsStripped])
}
