import SessionTrace

extension CauseID {
  package static let multiRecipientPolicy = CauseID(rawValue: "multi-recipient-policy")
}

extension Cause {
  static let multiRecipientPolicy = Cause(
    id: .multiRecipientPolicy, code: "E6",
    title: "A policy engine cannot handle recipients that fall under different rules",
    mechanism: """
      A security server (FireWall-1 was one) matched only the first recipient of a message to a \
      rule and answered 450 when another needed a different one. A filter in front of the server (spampd was one) \
      takes the message of several recipients and then hangs up, or says nothing more.
      """,
    symptoms: """
      450 only for some combinations of recipients, or the end of the session behind the message to \
      several; each of them alone is taken.
      """,
    experiment: "One recipient a message passes.",
    remedies: Remedies(
      exim: [
        .setting("max_rcpt = 1", "In the smtp transport.")
      ],
      postfix: [
        .setting("smtp_destination_recipient_limit = 1")
      ],
      receiver: [
        .advice("One rule for all recipients, or newer software.")
      ]),
    sources: [
      "Check Point, advanced technical reference guide 4.1",
      "github.com/mail-in-a-box/mailinabox issue 1523 (spampd)",
    ],
    twins: [.greylisting, .rcptLimit],
    rules: [.recipientPolicy, .filterOfMessages])
}

extension CauseRule {
  fileprivate static let recipientPolicy = CauseRule(
    fits: {
      $0.isRefused && $0.stage == .rcpt && $0.trace.acceptedRecipients > 0
        && $0.refusal?.reason != .recipients
    },
    requires: [
      .goes(with: .recipients(1)),
      .flips(on: { $0.control.trace.placePutOff.map(Variation.recipientAlone) }),
    ],
    decider: "each recipient by itself: one that nobody may write to is refused alone too")

  /// The message to several is not answered, and the one to a single recipient is, whatever it holds.
  fileprivate static let filterOfMessages = CauseRule(
    fits: {
      $0.failsOnMessage && ($0.isBrokenOff || $0.isUnanswered) && $0.trace.acceptedRecipients > 1
    },
    requires: [
      .goes(with: .recipients(1)), .stays { $0.smallMessage },
      .stays { $0.isPipelined ? .pipeliningOff : nil },
      .stays { .patience($0.longPatience) },
    ],
    decider:
      "each recipient by itself, for one that is the fault alone; then the log of the filter in front of the"
      + " server")
}
