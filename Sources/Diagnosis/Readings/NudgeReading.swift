package import SessionTrace

/// What a `NOOP` that was sent into a silence set free, held against the replies that were missing.
///
/// Replies carry no number: which command one answers follows from how many came and from its code. One
/// that fits both the `NOOP` and a missing reply is called unclear. Whether the `NOOP` made them come is
/// another question: a server that is merely slow would have answered anyway, which only waiting longer
/// shows.
package enum NudgeReading: String, Codable, Sendable, CaseIterable {
  /// All missing replies came: whoever has the bytes had waited for more.
  case released
  /// Some of the missing replies came, and no more.
  case releasedSome = "released_some"
  /// One reply came, and it is the one to the `NOOP`: what had been sent before is lost, or was passed
  /// over without a reply.
  case ownReply = "own_reply"
  /// The `NOOP` was acknowledged like all before it, and not a byte came.
  case silence
  /// Not even an acknowledgement came: whoever gave those before is out of reach.
  case unacknowledged = "not_acknowledged"
  /// Nothing came, and the connection ended.
  case ended
  /// Bytes came that may be the reply to the `NOOP` or to what was missing.
  case unclear
}

extension Trace {
  /// What the nudge at the end of this session brought; `nil` when there was none, or nothing was missing.
  package var nudgeReading: NudgeReading? {
    let missing = commands.filter { !$0.isAnswered }
    guard let nudge, let first = missing.first, let last = missing.last else { return nil }
    guard nudge.receivedBytes > 0 else {
      if nudge.closed || nudge.failure != nil { return .ended }
      return nudge.acknowledged == nil ? .unacknowledged : .silence
    }
    let replies = repliesOnOneLine(nudge.text)
    guard let earliest = replies.first, let latest = replies.last else { return .unclear }
    if replies.count > missing.count { return .released }
    // Only DATA is answered by 354 (RFC 5321 section 4.3.2).
    if replies.count == missing.count, last.stage == .data, latest.code == 354 { return .released }
    if replies.count > 1 { return .releasedSome }
    if earliest.code == 354 || earliest.isAboutAddress { return .releasedSome }
    // The queue's name for a message is not the NOOP's to tell.
    if last.stage == .dot, earliest.namesMessage { return .unclear }
    if earliest.isAboutSyntax || first.stage == .data || earliest.isAboutNothing {
      return .ownReply
    }
    return .unclear
  }
}

/// The last line of a reply, as far as it says what it answers.
private struct ReplyLine {
  var code: Int
  /// The second number of an enhanced status code (RFC 3463); `nil` without one.
  var subject: Int?

  /// Whether it tells what became of a message.
  let namesMessage: Bool

  init?(_ line: Substring) {
    let text = line.lowercased()
    namesMessage = ["queued", "accepted", "delivered", "id=", "stored"].contains {
      text.contains($0)
    }
    let digits = line.prefix(3)
    guard digits.count == 3, let code = Int(digits), (200..<600).contains(code),
      line.dropFirst(3).first != "-"
    else { return nil }
    self.code = code
    let status = line.dropFirst(4).prefix { $0 != " " }.split(separator: ".")
    subject = status.count == 3 && status[0].count == 1 ? Int(status[1]) : nil
  }

  /// X.1.X: of a sender or a recipient, which `NOOP` has none of.
  var isAboutAddress: Bool { subject == 1 && !isAboutSyntax }
  /// The line was not understood: what came before the `NOOP` is torn, or gone.
  var isAboutSyntax: Bool { (500...504).contains(code) }
  /// X.0.X, which is what a `NOOP` gets.
  var isAboutNothing: Bool { subject == 0 }
}

/// The replies in a text escaped by ``escapedText(_:)``; the rest of one that was cut off is none.
private func repliesOnOneLine(_ text: String) -> [ReplyLine] {
  text.split(separator: "\\n", omittingEmptySubsequences: false).dropLast().compactMap(
    ReplyLine.init)
}
