import SessionTrace

extension CauseID {
  package static let relayDenied = CauseID(rawValue: "relay-denied")
}

extension CatalogueRemark {
  static let relayDenied = CatalogueRemark(
    id: .relayDenied,
    text: """
      The server says that it does not relay mail for us. The recipient's domain is none of its \
      own, and we are none of those for whom it passes mail on. Either the domain's MX record or a \
      smarthost setting leads to the wrong server, or the server lacks the domain in its list \
      (relay_domains, mydestination and virtual_mailbox_domains in Postfix; relay_to_domains in \
      Exim), or it wants us to log in first (AUTH), or to come from an address that it trusts.
      """,
    causes: [.rdnsOrReputationReject],
    rules: [.relay])
}

extension CauseRule {
  /// A remark of the catalogue's: the server says what it is.
  fileprivate static let relay = CauseRule(
    fits: { $0.isRefused(for: .relay) },
    requires: [.said("it does not relay for us to that recipient")],
    decider:
      "on the server: whether the domain stands in its lists; whether it takes the mail after AUTH")
}
