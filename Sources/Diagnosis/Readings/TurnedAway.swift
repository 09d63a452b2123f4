import SessionTrace

extension Trace {
  /// The 421 of a server whose time for a PROXY header has run out; `nil` where there is none.
  ///
  /// postscreen says "No system resources" then (`postscreen_upstream_proxy_timeout`, 5 s), and as soon as
  /// something else comes. Where its host has none it says the same at once, to those who wait too.
  var greetingGivenUp: ReplyRecord? {
    guard let reply = replies.first, reply.stage == .banner, reply.code == 421,
      holds(wordsOf(reply.lines), "no system resources"),
      reply.wait >= .seconds(2) || commands.contains(where: { ($0.written ?? reply.at) < reply.at })
    else { return nil }
    return reply
  }

  /// The 421 by which a server wants no more of us (RFC 5321 section 3.8); `nil` where it lets the session in.
  ///
  /// Who took a message has let us in, and so has who took recipients and says 421 to one more, unless its words
  /// are about connections. One that has waited long enough for us says nothing of how often we come, nor does one that
  /// has refused too much of what we said.
  var turnedAwayBy: ReplyRecord? {
    guard serverTimeout == nil, greetingGivenUp == nil, messagesTaken == 0,
      let reply = replies.first(where: { $0.code == 421 })
    else { return nil }
    let isAboutRecipients =
      reply.stage == .rcpt && acceptedRecipients > 0 && reply.reason != .connections
    return isAboutRecipients || isAboutErrors(reply) ? nil : reply
  }

  /// Whether the 421 says that there were too many errors, and refusals before it bear that out (Postfix
  /// smtpd_hard_error_limit; Dovecot, Cyrus and hMailServer count unknown commands so).
  private func isAboutErrors(_ reply: ReplyRecord) -> Bool {
    let words = wordsOf(reply.lines)
    let isSaid = ["errors", "invalid", "unknown", "unrecognized", "bad", "syntax"].contains {
      holds(words, "too many \($0)")
    }
    return isSaid && replies.contains { $0.at <= reply.at && $0.code >= 400 && $0.code != 421 }
  }
}
