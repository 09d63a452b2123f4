extension CauseID {
  package static let earlyReplyDuringData = CauseID(rawValue: "early-reply-during-data")
}

extension Cause {
  static let earlyReplyDuringData = Cause(
    id: .earlyReplyDuringData, code: "F9",
    title: "Refused in the middle of the content",
    mechanism: """
      The server has seen enough and answers 4xx or 5xx before the dot, then closes or resets. A \
      client that listens only after the dot sends megabytes for nothing, and then finds a broken \
      pipe where the reason was waiting.
      """,
    symptoms: "A reply that arrives while content is still being sent, then a reset.",
    experiment: "Stop sending at the first reply and read what is there: the reason is complete.",
    remedies: Remedies(
      postfix: [
        .advice("Nothing to set: it tries to read a premature 5xx.")
      ],
      receiver: [
        .advice("Say it at MAIL or RCPT, or read on to the dot.")
      ]),
    sources: [
      "Postfix smtp_proto.c",
      "RFC 5321 section 3.8",
    ],
    twins: [.ipsInjectedReply, .sizeDropNo5xx],
    rules: [.earlyReply])
}

extension CauseRule {
  fileprivate static let earlyReply = CauseRule(
    fits: { $0.group == .message && $0.repliedEarly },
    requires: [
      .seen("the server replied before it had the end of the data", not: "") { $0.repliedEarly }
    ])
}
