import SessionTrace

extension CauseID {
  package static let tarpitErrorDelay = CauseID(rawValue: "tarpit-error-delay")
}

extension Cause {
  static let tarpitErrorDelay = Cause(
    id: .tarpitErrorDelay, code: "D13",
    alsoCalled: ["tarpit", "tarpitting", "teergrube"],
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
      recipients or chunks. If the client gives up first it looks like late replies. A pause before \
      refusals alone shows where two recipients are refused.
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
    rules: [.errorDelay, .refusalDelay])
}

extension CauseRule {
  fileprivate static let errorDelay = CauseRule(
    fits: { $0.isUnanswered && [.hello, .envelope].contains($0.group) },
    requires: [.goes { .patience($0.longPatience) }, .everyReplyIsLate],
    best: .confirmed)
}

extension CauseRule {
  /// The pause before a refusal, and no reason for it: that stands in the refusal's own words.
  fileprivate static let refusalDelay = CauseRule(
    fits: { $0.isRefused && $0.stage == .rcpt && $0.trace.pauseOfRefusals != nil },
    requires: [.refusalsAreLate, .acceptedAtOnce],
    decider: "the server's configuration: a pause before refusals, or a look-up that takes as long")
}

extension Criterion {
  fileprivate static let refusalsAreLate = Criterion(variations: { _ in [] }) { evidence in
    guard let pause = evidence.control.trace.pauseOfRefusals else { return .unknown }
    let words = evidence.control.refusal.map { "; why it refuses it says itself: \($0.quoted)" }
    return .yes(pause.text + (words ?? ""))
  }

  /// A recipient that is taken is answered at once, so that not every one is looked up so long.
  fileprivate static let acceptedAtOnce = shown(with: { $0.otherRecipient }) { evidence, trace in
    let accepted = trace.replies.filter { $0.stage == .rcpt && (200..<300).contains($0.code) }
    guard let pause = evidence.control.trace.pauseOfRefusals,
      let wait = accepted.map(\.wait).max()
    else { return .unknown }
    return 4 * wait <= pause.least
      ? .yes("a recipient that is accepted is answered after \(durationText(wait))")
      : .no("a recipient that is accepted is answered late too, after \(durationText(wait))")
  }
}
