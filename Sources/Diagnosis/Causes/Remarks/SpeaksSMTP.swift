import SessionTrace

extension CauseID {
  package static let speaksSMTP = CauseID(rawValue: "speaks-smtp")
}

extension CatalogueRemark {
  static let speaksSMTP = CatalogueRemark(
    id: .speaksSMTP,
    text: """
      What answers here speaks SMTP, and was greeted in LMTP. LHLO is how delivery agents are \
      greeted (RFC 2033). Nothing is wrong with the server: leave --lmtp out; Postfix has smtp: \
      instead of lmtp:, Exim protocol = smtp. Where a delivery agent was meant, it listens on \
      another port or socket.
      """,
    causes: [.commandSyntaxOrOptionChoke],
    rules: [.knowsNoLHLO])
}

extension CauseRule {
  fileprivate static let knowsNoLHLO = CauseRule(
    fits: { $0.isRefused && $0.stage == .ehlo && $0.trace.hasOption("lmtp") },
    requires: [.goes(with: .smtp)],
    best: .confirmed)
}
