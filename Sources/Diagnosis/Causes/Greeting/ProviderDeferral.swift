import SessionTrace

extension CauseID {
  package static let providerDeferral = CauseID(rawValue: "provider-deferral")
}

extension Cause {
  static let providerDeferral = Cause(
    id: .providerDeferral, code: "D18",
    alsoCalled: [
      "Gmail", "Google Workspace", "Yahoo", "AOL", "Outlook", "Hotmail", "Microsoft 365",
      "Office 365", "O365", "M365", "Exchange Online", "SPF", "DKIM", "DMARC", "bulk sender",
    ],
    title: "A large provider puts mail off, or refuses it, by its rules for bulk mail",
    mechanism: """
      Gmail, Yahoo and Microsoft limit senders by address and domain, and since 2024 want SPF, \
      DKIM and DMARC of all who send much. They say so in fixed texts, in the greeting, to \
      MAIL, or behind the message.
      """,
    symptoms: """
      A 4xx or 5xx whose text bears the provider's mark: gsmtp, [TS01] or [TSS04], (S77719), \
      RP-001.
      """,
    experiment: """
      None from here: the text says it. From another address, or with signed mail, it may fare \
      otherwise.
      """,
    remedies: Remedies(
      receiver: [
        .advice(
          """
          Send less, more evenly, and with SPF, DKIM and DMARC that agree; look at the \
          provider's page for the code. To try again harder makes it worse.
          """)
      ]),
    sources: [
      "support.google.com/mail/answer/3726730",
      "Yahoo Sender Hub, SMTP error codes",
      "learn.microsoft.com, 451 4.7.500-699",
    ],
    twins: [.rdnsOrReputationReject],
    rules: [.saidByProvider])
}

extension CauseRule {
  fileprivate static let saidByProvider = CauseRule(
    fits: { $0.refusal?.knownText?.cause == .providerDeferral }, requires: [.knownText])
}
