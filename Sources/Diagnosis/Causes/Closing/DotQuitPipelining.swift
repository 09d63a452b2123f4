import SessionTrace

extension CauseID {
  package static let dotQuitPipelining = CauseID(rawValue: "dot-quit-pipelining")
}

extension Cause {
  static let dotQuitPipelining = Cause(
    id: .dotQuitPipelining, code: "G4",
    title: "The dot and QUIT in one segment confuse the server",
    mechanism: """
      A server that gets the end of data and QUIT together answers only one of them, or closes \
      without an answer. Postfix saw messages lost, then delivered again and again; a workaround \
      came in December 2005 and left in January 2006.
      """,
    symptoms: "221 without the 250 before it, or closed at dot.",
    experiment: "QUIT in a segment of its own, after the 250, passes.",
    remedies: Remedies(
      exim: [
        .setting("hosts_avoid_pipelining = <host>", "In the smtp transport.")
      ],
      postfix: [
        .setting("smtp_discard_ehlo_keyword_address_maps = inline:{<address>=pipelining}")
      ],
      receiver: [
        .advice("Answer each command, in order.")
      ]),
    sources: [
      "Postfix HISTORY 20050929, 20051229, 20060102"
    ],
    twins: [.eodSplitMailguard, .eodSlowOrDuplicate, .quitIgnored],
    rules: [.quitWithDot])
}

extension CauseRule {
  fileprivate static let quitWithDot = CauseRule(
    fits: {
      $0.trace.hasOption("early_quit") && $0.sendsMessage && $0.stage >= .dot
        && ($0.isUnanswered || $0.isBrokenOff || $0.isOutOfStep)
    },
    // A FIN behind QUIT is another suspect.
    requires: [
      .goes(with: .noEarlyQuit), .stays { $0.trace.halfClosed == nil ? nil : .noHalfClose },
      .stays { $0.isUnanswered ? .patience($0.longPatience) : nil },
      .stays { $0.isCut ? .uncut : nil },
    ],
    best: .confirmed)
}
