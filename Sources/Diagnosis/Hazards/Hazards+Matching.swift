import SMTPDialogue
import SessionTrace

/// Hazards in which reply belongs to which command.
extension Trace {
  /// A7 `replies-off-by-one`: replies that stand beside the command they can answer.
  ///
  /// Clients match replies to commands in order (RFC 2920 section 3.1). What a reply can answer shows
  /// where the order was lost: 354 answers DATA alone, 221 QUIT alone, and "need MAIL" never MAIL.
  var repliesOneOff: Hazard? {
    let evidence = strayReply ?? misplacedReply ?? quitAnsweredAlone
    guard let evidence else { return nil }
    return Hazard(
      id: .repliesOffByOne,
      text: "the replies look one off: \(evidence);"
        + " a client that matches replies in order takes each for the answer to another command")
  }

  /// A reply that nothing had asked for, while the delivery went on.
  private var strayReply: String? {
    guard violations.contains(where: { $0.kind == .unsolicitedReply && $0.isFatal }),
      let stray = replies.first(where: { !$0.wasDue })
    else { return nil }
    return "\(inWords(stray)) came at \(stray.stage.rawValue) before there was anything to answer"
  }

  /// A reply that came in turn, and that its command cannot have.
  private var misplacedReply: String? {
    for reply in replies where reply.wasDue {
      guard let asked = reply.command.map(commandName),
        let belongs = reply.answersOnly, !belongs.contains(asked)
      else { continue }
      let what = asked == "." ? "the end of data" : asked
      return "\(inWords(reply)) came for \(what), and answers only \(belongs[0])"
    }
    return nil
  }

  /// QUIT answered, and what left before it not.
  private var quitAnsweredAlone: String? {
    guard let quit = commands.last(where: { $0.text == "QUIT" && $0.isAnswered }) else {
      return nil
    }
    let missing = commands.prefix { $0.start < quit.start }.count { !$0.isAnswered }
    guard missing > 0 else { return nil }
    return "221 came while \(count(missing, "reply", "replies")) to what was sent before QUIT"
      + " \(missing == 1 ? "was" : "were") missing, and answers only QUIT"
  }

  private func inWords(_ reply: ReplyRecord) -> String {
    "\(reply.code) \(short(reply.lines.last ?? ""))".trimmed
  }
}

extension ReplyRecord {
  /// The commands that it can be the answer to, where its code or its words leave no doubt.
  fileprivate var answersOnly: [String]? {
    if let verb = Verb.theOnlyOne(acceptedBy: code) { return [verb.row.word] }
    guard code == 503 else { return nil }
    // "need MAIL before RCPT": said of what follows MAIL, and of nothing else.
    let text = lines.joined(separator: " ").uppercased()
    let asksForMail = ["NEED MAIL", "MAIL FIRST", "NO MAIL", "WITHOUT MAIL", "SENDER NOT YET"]
    return asksForMail.contains(where: text.contains) ? ["RCPT TO", "DATA", "BDAT", "."] : nil
  }
}

extension String {
  fileprivate var trimmed: String { last == " " ? String(dropLast()) : self }
}
