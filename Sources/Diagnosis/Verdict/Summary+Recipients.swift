import SessionTrace

/// What became of each recipient, where they fared differently.
///
/// By LMTP the end of the message is answered once for each recipient that was accepted, in their order
/// (RFC 2033 section 4.2): a message may be delivered to some and not to others.
extension Trace {
  /// The replies behind the message that are one recipient's each; empty in SMTP.
  var deliveryAnswers: [ReplyRecord] {
    allReplies.filter { $0.stage == .dot && $0.wasDue && $0.recipient != nil }
  }

  /// The recipients whose reply behind the message has not come; empty in SMTP.
  var recipientsWithoutAnswer: [String] {
    guard option("lmtp") == .flag(true), content?.isComplete == true else { return [] }
    let accepted = allCommands.filter { command in
      command.stage == .rcpt && command.reply.map { replies[$0].code < 300 } == true
    }
    return accepted.dropFirst(deliveryAnswers.count).map { mailbox(ofCommand: $0.text) }
  }

  /// How many recipients were accepted before the message.
  var recipientsOfMessage: Int { deliveryAnswers.count + recipientsWithoutAnswer.count }

  /// Whether every recipient that was accepted has been refused behind the message.
  var isRefusedForAll: Bool {
    let answers = deliveryAnswers
    return recipientsWithoutAnswer.isEmpty && answers.allSatisfy { $0.code >= 400 }
  }
}

/// The recipients that the delivery went on without.
func refusedRecipients(_ trace: Trace) -> String {
  // As a rule nobody is, and there may be thousands of them, in thousands of sessions.
  guard trace.replies.indices.contains(where: { trace.replies[$0].code >= 400 }) else { return "" }
  let refused = trace.recipientAnswers.filter { $0.code >= 400 }
  let undelivered = trace.deliveryAnswers.filter { $0.code >= 400 }
  return part(of: trace.recipientAnswers.count, "refused", refused)
    + part(of: trace.deliveryAnswers.count, "refused behind the message", undelivered)
}

/// Who has a reply behind the message and who has none, where one is missing.
func missingRecipients(_ trace: Trace) -> String {
  let missing = trace.recipientsWithoutAnswer
  guard let first = missing.first else { return "" }
  let answered = trace.deliveryAnswers.count
  return " (\(answered) of \(count(answered + missing.count, "recipient"))"
    + " \(answered == 1 ? "has its reply" : "have theirs"), and none came for"
    + (first.isEmpty ? " one that is left out here" : " <\(first)>")
    + (missing.count > 1 ? " and \(missing.count - 1) more)" : ")")
}

private func part(of all: Int, _ fate: String, _ refused: [ReplyRecord]) -> String {
  guard let first = refused.first else { return "" }
  let whom = first.recipient.map { " (<\($0)>)" } ?? ""
  return "; \(refused.count) of \(count(all, "recipient")) \(fate), the first with"
    + " \(short(first.lastLineAsSent))\(whom)"
}

/// What stands between the angle brackets of MAIL and RCPT.
func mailbox(ofCommand text: String) -> String {
  String(text.drop { $0 != "<" }.dropFirst().prefix { $0 != ">" })
}
