extension CauseID {
  package static let sizeExceeded = CauseID(rawValue: "size-exceeded")
}

extension CatalogueRemark {
  static let sizeExceeded = CatalogueRemark(
    id: .sizeExceeded,
    text: """
      The server took a message larger than the SIZE that it offers. A client that honours the \
      offer (RFC 1870 section 6) never sends such a message and returns it, though the server \
      would have taken it.
      """,
    causes: [.sizeDropNo5xx])
}
