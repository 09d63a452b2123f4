import SessionTrace

extension CauseID {
  package static let eodSlowOrDuplicate = CauseID(rawValue: "eod-slow-or-duplicate")
}

extension Cause {
  static let eodSlowOrDuplicate = Cause(
    id: .eodSlowOrDuplicate, code: "F8",
    alsoCalled: [
      "duplicate mail", "duplicates", "delivered twice", "milter", "Amavis", "rspamd",
      "SpamAssassin", "content filter",
    ],
    title: "The server thinks too long after the dot",
    mechanism: """
      Scanning, delivery and lookups before the reply to the end of data take minutes. The client \
      may wait ten (RFC 5321 section 4.5.3.2.6); if it gives up before, the server may have taken \
      the message already, and the retry makes a second copy.
      """,
    symptoms: """
      Stalled at dot with custody acknowledged_unanswered; with more patience a 250 comes. The \
      wait grows with the size or the attachments (a scan) or is constant (a lookup).
      """,
    experiment: """
      --timeout 15m; then a tiny harmless message; then the end of data in its placements \
      (--split dot:2), which excludes eod-split-mailguard.
      """,
    remedies: Remedies(
      exim: [
        .setting("final_timeout = 20m", "In the smtp transport; the default is 10m.")
      ],
      postfix: [
        .setting("smtp_data_done_timeout = 1200s", "The default is 600s.")
      ],
      receiver: [
        .advice("Accept first and filter afterwards (RFC 5321 section 6.1).")
      ]),
    sources: [
      "RFC 5321 sections 4.5.3.2.6 and 6.1; RFC 1047",
      "Postfix postconf(5), smtp_data_done_timeout",
    ],
    twins: [
      .eodSplitMailguard, .natIdleTimeout, .genericTcpTermination, .avProxyStoreAndForward,
      .tarpitErrorDelay, .bareLf, .bdatBroken,
    ],
    rules: [.slowEnd])
}

extension CauseRule {
  fileprivate static let slowEnd = CauseRule(
    fits: { $0.isUnanswered && $0.stage == .dot },
    // A server that only thinks does not care what the message is like.
    requires: [
      .stays { .segmentSize($0.smallSegment) }, .stays { $0.isCut ? .uncut : nil },
      Criterion.stays(with: .plainMessage).inPassing.onlyAgainst, .notPipelining,
      .waiting { $0.text(of: .gaveUp).map { .no("the server gives up \($0): it waits itself") } }
        .inPassing,
      Criterion.dotIsRead.reversed,
      Criterion.stays { $0.recipients > 1 ? .recipients(1) : nil }.inPassing.onlyAgainst,
      Criterion.stays { $0.isCut ? nil : $0.otherLastLine }.asFarAsTold.onlyAgainst,
      // Nor where its end stands, and whether something follows it.
      Criterion.stays { $0.isCut ? nil : .cutAtEndOfData(2) }.asFarAsTold.onlyAgainst,
      Criterion.stays { $0.mayLeaveEarly ? .earlyQuit : nil }.asFarAsTold.onlyAgainst,
      Criterion.stays { $0.mayLeaveEarly ? .earlyFIN : nil }.asFarAsTold.onlyAgainst,
    ],
    confirms: [.goes { .patience($0.longPatience) }],
    tells: [.noneInFront],
    decider: "the server's log between the end of data and its reply; a scanner on the way shows as"
      + " a reply that takes longer the larger the message")
}

extension Control {
  /// Whether QUIT could leave with the end of the message, and has not.
  fileprivate var mayLeaveEarly: Bool {
    offers("PIPELINING") && !trace.hasOption("early_quit") && !trace.hasOption("half_close")
  }
}
