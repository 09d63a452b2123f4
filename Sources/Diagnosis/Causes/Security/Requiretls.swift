import SessionTrace

extension CauseID {
  package static let requiretls = CauseID(rawValue: "requiretls")
}

extension Cause {
  static let requiretls = Cause(
    id: .requiretls, code: "D21",
    title: "REQUIRETLS was asked for, and the next server does not offer it",
    mechanism: """
      A message with REQUIRETLS (RFC 8689) may only be passed on over TLS to servers that \
      offer the extension, too; where the next does not, the mail is returned.
      """,
    symptoms: """
      5.7.30 in a refusal or a bounce; other mail to the same server goes.
      """,
    experiment: """
      The same message without REQUIRETLS.
      """,
    remedies: Remedies(
      receiver: [
        .advice(
          """
          Offer REQUIRETLS under TLS, or send without it.
          """)
      ]),
    sources: [
      "RFC 8689 sections 2 and 5",
      "Postfix RELEASE_NOTES 3.11",
    ],
    twins: [.mtaStsEnforce],
    rules: [.saidOfRequireTLS])
}

extension CauseRule {
  fileprivate static let saidOfRequireTLS = CauseRule(
    fits: { $0.refusal?.knownText?.cause == .requiretls }, requires: [.knownText])
}
