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
      rule and answered 450 when another needed a different one.
      """,
    symptoms: "450 only for some combinations of recipients; each of them alone is taken.",
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
      "Check Point, advanced technical reference guide 4.1"
    ],
    twins: [.greylisting, .rcptLimit],
    rules: [.recipientPolicy])
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
}
