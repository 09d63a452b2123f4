import SessionTrace

extension CauseID {
  package static let bounceToMany = CauseID(rawValue: "bounce-to-many")
}

extension Cause {
  static let bounceToMany = Cause(
    id: .bounceToMany, code: "E10",
    alsoCalled: ["bounce", "backscatter", "NDR", "DSN", "MAILER-DAEMON"],
    title: "A message from the null sender to several recipients is not taken",
    mechanism: """
      A bounce goes to the one who sent the message, so servers take mail from the null sender to \
      several recipients for forged: Postfix with reject_multi_recipient_bounce, Exim by a rule \
      that counts recipients, others by filters. Legitimate senders do it too: address probes, \
      notices to a list of postmasters, and tests, since <> is what probing tools say.
      """,
    symptoms: """
      550 5.5.3 Multi-recipient bounce at DATA, after each recipient was accepted; or a refusal of \
      the second recipient with words about bounces.
      """,
    experiment: """
      One recipient passes from the null sender, whichever it is, and all of them pass from another \
      sender (--from).
      """,
    remedies: Remedies(
      exim: [
        .setting("max_rcpt = 1", "In the smtp transport that such messages take.")
      ],
      postfix: [
        .setting(
          "<transport>_destination_recipient_limit = 1",
          "Of a transport of their own for messages from the null sender.")
      ],
      receiver: [
        .advice(
          "Refuse forged bounces by a signed envelope sender (BATV), not by their recipients.")
      ]),
    sources: [
      "Postfix postconf(5), reject_multi_recipient_bounce",
      "RFC 5321 section 4.5.5",
    ],
    twins: [.rcptLimit, .multiRecipientPolicy],
    rules: [.severalFromNobody])
}

extension CauseRule {
  fileprivate static let severalFromNobody = CauseRule(
    fits: {
      $0.isRefused && $0.trace.senderInForce.isEmpty && $0.recipients > 1
        && ($0.stage == .data || $0.stage == .dot || $0.stage == .rcpt && $0.speaksOfBounces)
    },
    requires: [
      .goes(with: .recipients(1)),
      .goes { $0.otherSender },
      // One that takes no bounces at all would be refused alone.
      .goes(with: .recipientAlone(2)),
      .notPipelining,
    ],
    confirms: [
      .seen(
        "the server says that a bounce has one recipient",
        not: "the server does not say that it minds a bounce to several"
      ) { $0.speaksOfBounces }
    ],
    best: .confirmed,
    decider: "the server's log: which of its rules refused, and whether it counts recipients")
}

extension Control {
  /// Whether the refusal's words are about messages from the null sender to more than one.
  fileprivate var speaksOfBounces: Bool {
    guard let refusal else { return false }
    let words = wordsOf(refusal.lines)
    let ofBounces = ["bounce", "null sender", "empty sender", "null return", "delivery status"]
    let ofMany = [
      "multi-recipient", "multiple recipients", "than one recipient", "only one recipient",
    ]
    return ofBounces.contains { holds(words, $0) } && ofMany.contains { holds(words, $0) }
  }
}
