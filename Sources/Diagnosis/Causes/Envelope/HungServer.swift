import SessionTrace

extension CauseID {
  package static let hungServer = CauseID(rawValue: "hung-server")
}

extension Cause {
  static let hungServer = Cause(
    id: .hungServer, code: "E9",
    alsoCalled: ["hanging server", "frozen", "deadlock"],
    title: "The server's program answers no more, and its kernel still acknowledges",
    mechanism: """
      A process that is stopped, deadlocked, or waits without a limit for something else (a full \
      disk, a lock, a database, a milter, name servers) reads no further. TCP is the kernel's \
      business, so every byte is acknowledged as ever. From the client a device in front that \
      acknowledges and forwards nothing looks the same.
      """,
    symptoms: """
      Stalled at EHLO, MAIL or RCPT with custody acknowledged_unanswered, every time, whatever is \
      varied; a NOOP into the silence (--nudge) is not answered either.
      """,
    experiment: """
      None from the client. --hops finds a device that ends TCP nearer than the address is. Who \
      runs the server sees whether our bytes wait in its Recv-Q (ss -tn), and what the process \
      that should read them waits for (its log, strace); a longer --timeout tells slow from hung.
      """,
    remedies: Remedies(
      exim: [
        .advice(
          """
          Nothing to set: after command_timeout (5m, as RFC 5321 wants it) Exim goes on to the \
          next exchanger, and tries this one again later.
          """)
      ],
      postfix: [
        .advice(
          """
          Nothing to set: after smtp_mail_timeout or smtp_rcpt_timeout (300s) Postfix goes on to \
          the next exchanger, and tries this one again later.
          """)
      ],
      receiver: [
        .advice("Find what the process waits for, and put a limit on that wait.")
      ]),
    sources: [
      "seed 001, where the firewall looked like this",
      "RFC 5321 section 4.5.3.2",
    ],
    twins: [.resegBoundaryLoss, .genericTcpTermination, .rcptCalloutLateReplies, .data354Delayed],
    isLastResort: true,
    rules: [.hungServer])
}

extension CauseRule {
  fileprivate static let hungServer = CauseRule(
    fits: {
      $0.isUnanswered
        && ([.hello, .envelope].contains($0.group) && $0.stage != .data || $0.stage == .auth)
    },
    requires: [
      .noCureHelps, .nothingTriedHelps,
      .nudged { reading, text in
        switch reading {
        case .silence: .yes(text)
        case .released, .releasedSome, .ownReply, .unclear, .unacknowledged, .ended: .no(text)
        }
      },
    ],
    tells: [.noneInFront],
    decider: atTheServer + "; from here a longer --timeout tells slow from hung")
}
