import SessionOptions

extension CauseID {
  package static let bareLf = CauseID(rawValue: "bare-lf")
}

extension Cause {
  static let bareLf = Cause(
    id: .bareLf, code: "F4",
    alsoCalled: ["bare newline", "lone LF", "smtplf.html"],
    title: "Bare line feeds: refused, or an end of data that is never recognised",
    mechanism: """
      Only CRLF ends a line in SMTP. Servers differ in what they do with LF alone: qmail and \
      Exchange Online refuse it, others normalise it, and since the smuggling attacks of December \
      2023 many no longer take an end of data that is not CR LF . CR LF. A sender whose dot \
      stands behind a bare LF then waits for a reply while the server waits for the end. A server \
      whose own replies end in LF alone makes strict clients wait in the same way.
      """,
    symptoms: """
      Stalled at dot with custody acknowledged_unanswered; or refused at the first bare LF (451 \
      with a pointer to smtplf.html, 550 5.6.11, 5.5.2). In replies: lines that end in LF alone.
      """,
    experiment: "The same message with every line end made CRLF passes.",
    remedies: Remedies(
      exim: [
        .advice("Exim sends CRLF; since 4.98 it refuses LF . on receipt.")
      ],
      postfix: [
        .setting(
          "cleanup_replace_stray_cr_lf = yes",
          "On the sending side, the default since 3.9.")
      ],
      receiver: [
        .setting(
          "smtpd_forbid_bare_newline_exclusions = $mynetworks",
          "Postfix since 3.9; it lists the clients that may.")
      ]),
    sources: [
      "RFC 5321 sections 2.3.8 and 4.1.1.4",
      "Postfix HISTORY 20231221 to 20240109; Exim ChangeLog 4.98 JH/12",
      "cr.yp.to/docs/smtplf.html; Microsoft Learn, BareLinefeedsAreIllegal",
      "sec-consult.com, SMTP smuggling, 2023",
    ],
    twins: [.eodSplitMailguard, .avProxyStoreAndForward],
    rules: [.bareLineFeeds])
}

extension CauseRule {
  fileprivate static let bareLineFeeds = CauseRule(
    fits: { $0.failsOnMessage && $0.mends(.lineEnds) != nil },
    requires: [.goes { $0.mends(.lineEnds) }, .goes(with: .plainMessage)],
    confirms: .staysWithout(allBut: .lineEnds),
    best: .confirmed)
}
