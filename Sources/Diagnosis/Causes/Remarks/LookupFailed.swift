import SessionTrace

extension CauseID {
  package static let lookupFailed = CauseID(rawValue: "lookup-failed")
}

extension CatalogueRemark {
  static let lookupFailed = CatalogueRemark(
    id: .lookupFailed,
    text: """
      The server says that it could not look up or verify a name or an address. That may be the \
      sender's domain or mailbox, or the recipient in a table of its own: its resolver, its \
      directory or the server that it asked did not answer or said no. Where the sender is meant, \
      the name has to resolve from there, and the address has to take mail (a bounce to it is \
      tried).
      """,
    causes: [.rdnsOrReputationReject, .greylisting],
    rules: [.lookup])
}

extension CauseRule {
  /// A remark of the catalogue's: the server says what it is.
  fileprivate static let lookup = CauseRule(
    fits: { $0.isRefused(for: .lookup) },
    requires: [.said("a name or an address could not be looked up or verified")],
    decider:
      "the server's log, which says what it asked whom; from here, whether the names in the reply resolve"
  )
}
