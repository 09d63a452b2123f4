extension CauseID {
  package static let starttlsLeftoverInput = CauseID(rawValue: "starttls-leftover-input")
}

extension Cause {
  static let starttlsLeftoverInput = Cause(
    id: .starttlsLeftoverInput, code: "H3",
    title: "Clear text that was sent before TLS is read after it",
    mechanism: """
      Words behind STARTTLS, or behind its 220, that arrived before the handshake must be thrown \
      away: whoever sits on the path could have put them there. Broken servers execute them \
      inside TLS, broken clients take them for replies (CVE-2011-0411). STARTTLS is therefore the \
      last command of a group.
      """,
    symptoms: """
      Clear text behind the 220 in the same flight; or a reply inside TLS to a command that was \
      sent in clear.
      """,
    experiment: """
      The first needs no experiment: the bytes are on record. The second takes a client that \
      injects a harmless NOOP, only with the owner's consent.
      """,
    remedies: Remedies(
      exim: [
        .advice(
          """
          Exim 4.95 or later: before, its client could take words from before TLS for replies \
          (CVE-2021-38371).
          """)
      ],
      postfix: [
        .advice("Update: 2.8.0, 2.7.3, 2.6.9, 2.5.12 and later discard the input.")
      ],
      receiver: [
        .advice("Empty the input buffer before the handshake.")
      ]),
    sources: [
      "RFC 3207 section 4.2",
      "postfix.org/CVE-2011-0411.html; nostarttls.secvuln.info",
      "CVE-2021-38371, Exim up to 4.94.2",
    ],
    twins: [.replyCountMismatch],
    rules: [.clearText])
}

extension CauseRule {
  fileprivate static let clearText = CauseRule(
    fits: { $0.saysClearTextBehindTLS },
    requires: [
      .seen("clear text came behind the 220 to STARTTLS, where TLS had to begin", not: "") {
        $0.saysClearTextBehindTLS
      }
    ],
    decider: "a capture at the server: whether it sent those bytes, or somebody on the path")
}
