extension CauseID {
  package static let tarpitErrorDelay = CauseID(rawValue: "tarpit-error-delay")
}

extension Cause {
  static let tarpitErrorDelay = Cause(
    id: .tarpitErrorDelay, code: "D13",
    title: "A fixed pause before replies, often after errors",
    mechanism: """
      Servers slow down clients that make mistakes or have a poor reputation. Exchange waits \
      TarpitInterval (5 s) before a 5xx, or before every reply to an address it distrusts, and up \
      to MaxAcknowledgementDelay (30 s) after a message; Postfix sleeps smtpd_error_sleep_time (1 \
      s) after an error, and after each reply once there were too many. In a pipelined group the \
      pauses add up until the client's patience ends.
      """,
    symptoms: """
      Waits that are constant to the millisecond (1.0 s, 5.0 s), as many as there are errors, \
      recipients or chunks. If the client gives up first it looks like late replies.
      """,
    experiment: """
      One valid recipient: no pause. Several: that many times the pause (--to repeated, \
      --pipelining off).
      """,
    remedies: Remedies(
      exim: [
        .setting(
          "command_timeout = 10m",
          "In the smtp transport; and fewer recipients a message with max_rcpt.")
      ],
      postfix: [
        .setting(
          "smtp_destination_recipient_limit = 10",
          "So that the pauses of one group do not outlast the timeout.")
      ],
      receiver: [
        .advice(
          """
          Exchange: Set-ReceiveConnector -TarpitInterval 0 -MaxAcknowledgementDelay 0. Postfix: \
          smtpd_error_sleep_time.
          """)
      ]),
    sources: [
      "Microsoft TechNet blog on TarpitInterval and DelayedAck",
      "Postfix postconf(5), smtpd_error_sleep_time, smtpd_soft_error_limit",
    ],
    twins: [
      .resegBoundaryLoss, .eodSplitMailguard, .nagleDelayedAck, .serverSideNagle, .tarpitStutter,
    ],
    rules: [.errorDelay])
}

extension CauseRule {
  fileprivate static let errorDelay = CauseRule(
    fits: { $0.isUnanswered && [.hello, .envelope].contains($0.group) },
    requires: [.goes { .patience($0.longPatience) }, .everyReplyIsLate],
    best: .confirmed)
}
