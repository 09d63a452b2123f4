import SessionTrace

extension Trace {
  /// The 421 by which a server wants no more of us (RFC 5321 section 3.8); `nil` where it lets the session in.
  ///
  /// Who took a message has let us in, and so has who took recipients and says 421 to one more, unless its words
  /// are about connections. One that has waited long enough for us says nothing of how often we come.
  var turnedAwayBy: ReplyRecord? {
    guard serverTimeout == nil, messagesTaken == 0,
      let reply = replies.first(where: { $0.code == 421 })
    else { return nil }
    let isAboutRecipients =
      reply.stage == .rcpt && acceptedRecipients > 0 && reply.reason != .connections
    return isAboutRecipients ? nil : reply
  }
}
