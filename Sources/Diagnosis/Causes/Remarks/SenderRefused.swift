import SessionTrace

extension CauseID {
  package static let senderRefused = CauseID(rawValue: "sender-refused")
}

extension CatalogueRemark {
  static let senderRefused = CatalogueRemark(
    id: .senderRefused,
    text: """
      The server says that it does not take mail from this sender. A list or a rule of its own \
      names the address, or who may write in its name has to log in (smtpd_sender_login_maps in \
      Postfix). From another sender the same mail is taken.
      """,
    causes: [.rdnsOrReputationReject, .commandSyntaxOrOptionChoke],
    rules: [.sender, .senderPutOff])
}

extension CauseRule {
  /// A remark of the catalogue's: the server says what it is.
  fileprivate static let sender = CauseRule(
    fits: { $0.isRefused(for: .sender) && $0.status == .rejected },
    requires: [.senderIsMinded, Criterion.goes { $0.otherSender }.neverAgainst],
    best: .confirmed,
    decider: "the server's rules for that sender")

  /// Who puts a client off is not asked again.
  fileprivate static let senderPutOff = CauseRule(
    fits: { $0.isRefused(for: .sender) && $0.status == .deferred },
    requires: [.senderIsMinded],
    decider: "the server's rules for that sender")
}

extension Criterion {
  fileprivate static let senderIsMinded = said("it does not take mail from this sender")
}
