import SessionTrace

extension CauseID {
  package static let rcptCalloutLateReplies = CauseID(rawValue: "rcpt-callout-late-replies")
}

extension Cause {
  static let rcptCalloutLateReplies = Cause(
    id: .rcptCalloutLateReplies, code: "E1",
    alsoCalled: [
      "callout", "callback", "sender verification", "recipient verification",
      "address verification",
    ],
    title: "Recipients are verified one by one, and the replies come too late",
    mechanism: """
      The server checks each recipient with something slow (a callout to another server, a DNS \
      lookup) and keeps the replies to a pipelined group until the last check is done. The checks \
      add up; when the sum passes the client's timeout, the client has seen nothing at all. Exim \
      since 4.67 and Postfix since 2000 send what is ready before a slow check.
      """,
    symptoms: """
      Stalled with custody acknowledged_unanswered and nothing answered; with enough patience all \
      replies come in one read, after a time proportional to the number of recipients.
      """,
    experiment: """
      Wait longer (--timeout 5m): a late burst settles it, and excludes a lost boundary. Then \
      --pipelining off: each RCPT takes its share. One recipient is quick.
      """,
    remedies: Remedies(
      exim: [
        .setting(
          "max_rcpt = 10",
          "In the smtp transport; or a longer command_timeout, or hosts_avoid_pipelining = <host>.")
      ],
      postfix: [
        .setting("smtp_destination_recipient_limit = 10")
      ],
      receiver: [
        .advice(
          """
          Let the server flush before a callout (Exim: no no_callout_flush, no no_delay_flush), \
          and cache callouts.
          """)
      ]),
    sources: [
      "seed 001, first hypothesis (Tony Finch, dotat.at)",
      "Exim ChangeLog 4.67 PH/15, PH/18",
      "Postfix HISTORY 20000505, 20000513, 20020515",
    ],
    twins: [.resegBoundaryLoss, .tarpitErrorDelay],
    rules: [.lateReplies])
}

extension CauseRule {
  fileprivate static let lateReplies = CauseRule(
    fits: { $0.isUnanswered && $0.group == .envelope && $0.stage < .data },
    requires: [
      .goes { .patience($0.longPatience) }, .notEveryReplyIsLate, .recipientsAreSlow,
    ],
    best: .confirmed,
    decider: "the server's log: what it asks about each recipient, and how long that takes")
}
