import SessionTrace

/// Hazards of envelopes with several recipients: the session goes on with those that were accepted.
extension Trace {
  /// E5 `rcpt-limit`, E6 `multi-recipient-policy`: a recipient put off behind others that were accepted.
  ///
  /// 452 is the word for too many recipients, and 552 the old one (RFC 5321 section 4.5.3.1.10). Any
  /// other 4xx may be the mailbox's own affair, or a policy that cannot treat two recipients
  /// differently: tried again in the same group, it may be put off for ever. A plain 5xx is an answer.
  var recipientPutOff: Hazard? {
    let answers = recipientAnswers
    guard let first = answers.firstIndex(where: { $0.code < 400 }),
      let put = answers.indices.dropFirst(first + 1).first(where: { place in
        (400..<500).contains(answers[place].code) && answers[place].code != 421
          || answers[place].code == 552
      })
    else { return nil }
    let reply = answers[put]
    let isLimit = reply.code == 452 || reply.code == 552
    return Hazard(
      id: isLimit ? .rcptLimit : .multiRecipientPolicy,
      text: "recipient \(put + 1) of \(answers.count) was answered"
        + " \(short(reply.firstLineAsSent)), those before it were accepted; "
        + (isLimit
          ? "more recipients than that need a transaction of their own"
          : "where it fares better alone, the server cannot treat two recipients differently"))
  }

  /// The replies to RCPT, in order.
  var recipientAnswers: [ReplyRecord] { allReplies.filter { $0.stage == .rcpt && $0.wasDue } }
}
