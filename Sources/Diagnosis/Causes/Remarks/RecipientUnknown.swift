import SessionTrace

extension CauseID {
  package static let recipientUnknown = CauseID(rawValue: "recipient-unknown")
}

extension CatalogueRemark {
  static let recipientUnknown = CatalogueRemark(
    id: .recipientUnknown,
    text: """
      The server says that it does not take mail for this recipient. It does not know the address, \
      or a rule for it says no. The refusal is an answer, and other recipients may well be taken. \
      A server that says so of addresses that exist has an old list of them, or is not the one \
      that the domain's MX records should name.
      """,
    causes: [.multiRecipientPolicy, .rcptLimit],
    rules: [.recipient])
}

extension CauseRule {
  /// A remark of the catalogue's: the server says what it is.
  fileprivate static let recipient = CauseRule(
    fits: { $0.isRefused(for: .recipient) },
    requires: [.said("it does not take mail for this recipient")],
    decider: "the receiver's list of addresses, and whether this is the server that has them")
}
