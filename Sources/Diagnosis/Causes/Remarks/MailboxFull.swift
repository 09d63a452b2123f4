import SessionTrace

extension CauseID {
  package static let mailboxFull = CauseID(rawValue: "mailbox-full")
}

extension CatalogueRemark {
  static let mailboxFull = CatalogueRemark(
    id: .mailboxFull,
    text: """
      The server says that the recipient's mailbox is full, or gets more than it may. Other \
      recipients are not concerned, and nothing on the sender's side or on the way changes it.
      """,
    causes: [.rcptLimit, .sizeDropNo5xx],
    rules: [.mailbox])
}

extension CauseRule {
  /// A remark of the catalogue's: the server says what it is.
  fileprivate static let mailbox = CauseRule(
    fits: { $0.isRefused(for: .mailbox) },
    requires: [.said("the recipient's mailbox takes no more")],
    decider: "the recipient, or who runs the mailbox")
}
