import SessionTrace

extension CauseID {
  package static let recipientPutOff = CauseID(rawValue: "recipient-put-off")
}

extension CatalogueRemark {
  static let recipientPutOff = CatalogueRemark(
    id: .recipientPutOff,
    text: """
      One recipient of several is put off (4xx), and is put off just so when it stands alone: its \
      mailbox, or what the server asks about it, and not the number of recipients or their \
      company. The others are delivered, and the sender comes again for that one.
      """,
    causes: [.greylisting, .multiRecipientPolicy],
    rules: [.putOffAlone])
}

extension CauseRule {
  /// A remark of the catalogue's: what a mailbox's owner can tell is no riddle of the path.
  fileprivate static let putOffAlone = CauseRule(
    fits: { $0.isPutOffInPart && $0.refusal?.reason != .greylisting },
    requires: [
      .keeps(on: { $0.control.trace.placePutOff.map(Variation.recipientAlone) })
    ],
    decider: "the server's log about that recipient")
}
