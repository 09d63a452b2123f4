import SessionTrace

extension CauseID {
  package static let speaksLMTP = CauseID(rawValue: "speaks-lmtp")
}

extension CatalogueRemark {
  static let speaksLMTP = CatalogueRemark(
    id: .speaksLMTP,
    alsoCalled: ["LMTP", "Dovecot"],
    text: """
      What answers here is a delivery agent that speaks LMTP (RFC 2033): it refuses EHLO and HELO, \
      and asks for LHLO. Nothing is wrong with it, but it is no server for mail from elsewhere: \
      --lmtp talks to it; Postfix does with lmtp: instead of smtp:, Exim with protocol = lmtp.
      """,
    causes: [.commandSyntaxOrOptionChoke],
    rules: [.wantsLHLO])
}

extension CauseRule {
  fileprivate static let wantsLHLO = CauseRule(
    fits: {
      $0.isRefused && $0.stage == .ehlo && !$0.trace.hasOption("lmtp")
        && $0.trace.replies.contains { reply in
          let words = wordsOf(reply.lines)
          return reply.stage == .ehlo && reply.code >= 500
            && (holds(words, "lhlo") || holds(words, "lmtp"))
        }
    },
    requires: [.said("it speaks LMTP"), .goes(with: .lmtp)])
}
