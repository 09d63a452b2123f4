import SessionTrace

extension CauseID {
  package static let smtpSmugglingHardening = CauseID(rawValue: "smtp-smuggling-hardening")
}

extension Cause {
  static let smtpSmugglingHardening = Cause(
    id: .smtpSmugglingHardening, code: "D19",
    alsoCalled: ["SMTP smuggling", "bare newline"],
    title: "The server refuses line ends that are not CRLF, since SMTP smuggling",
    mechanism: """
      A message with LF alone in the right place can smuggle a second one past a server that \
      takes LF.LF for the end of data. Since December 2023 servers refuse such line ends, in \
      the middle of the message or behind it.
      """,
    symptoms: """
      5xx with bare <LF> in its text behind the message, from servers that took it before; or \
      the connection ends with 521.
      """,
    experiment: """
      --mend line_ends, the same message with CRLF everywhere, passes.
      """,
    remedies: Remedies(
      postfix: [
        .setting(
          "smtpd_forbid_bare_newline_exclusions = $mynetworks",
          "On the receiving side, for clients that cannot be mended.")
      ],
      receiver: [
        .advice(
          """
          The sender has to end every line in CRLF (RFC 5321 section 2.3.8).
          """)
      ]),
    sources: [
      "Postfix postconf(5), smtpd_forbid_bare_newline; smtpd.c",
      "Exim ChangeLog 4.98",
      "SEC Consult, SMTP smuggling, 2023-12-18",
    ],
    twins: [.bareLf],
    rules: [.saidOfBareLineEnds])
}

extension CauseRule {
  fileprivate static let saidOfBareLineEnds = CauseRule(
    fits: { $0.refusal?.knownText?.cause == .smtpSmugglingHardening }, requires: [.knownText])
}
