import SessionTrace

extension CauseID {
  package static let messageTooLarge = CauseID(rawValue: "message-too-large")
}

extension CatalogueRemark {
  static let messageTooLarge = CatalogueRemark(
    id: .messageTooLarge,
    alsoCalled: ["message too big", "attachment", "size limit", "552"],
    text: """
      The server says that the message is too large for it. A 552, or a status of X.3.4 (RFC 1870 \
      section 6, RFC 3463 section 3.4), is an answer and no fault: a smaller message passes, and \
      the SIZE in the reply to EHLO tells the limit. Mail servers bounce the message.
      """,
    causes: [.sizeDropNo5xx],
    rules: [.tooLarge])
}

extension CauseRule {
  /// A remark of the catalogue's: a limit that is told is no riddle.
  fileprivate static let tooLarge = CauseRule(
    fits: { $0.refusesSize && $0.trace.wireError == nil },
    requires: [.said("the message is too large")],
    tells: [.goes(with: .smallMessage)],
    decider: "the SIZE that the server offers, and its owner, who sets it")
}
