import SessionTrace

/// qmail-remote, and its descendants, by `qmail-remote.c` (`quit`, `temp_`…, `perm_`…).
extension LogPattern {
  /// Its log has underscores for spaces; a bounce has the words.
  static let qmail: [LogPattern] = quoting + alone + handshakes

  private static let quoting: [LogPattern] = refusals.flatMap { words, stage in
    ends.flatMap { end in
      spelled(words + "{words}Remote host said: {reply}" + end) { holes in
        refused(.qmail, at: stage, holes["reply"].map(reply))
      }
    }
  }

  /// What stands behind the reply, which ends in a slash, and in a line feed in a bounce.
  private static let ends = ["/Giving up on {words}", "\nGiving up on {words}", ""]

  private static func reply(_ said: String) -> String {
    let said = said.replacing("_", with: " ")
    return said.hasSuffix("/") || said.hasSuffix("\n") ? String(said.dropLast()) : said
  }

  private static let alone: [LogPattern] = plain.flatMap { words, status, stage in
    spelled(words) { _ in LogLine(program: .qmail, status: status, stage: stage) }
  }

  private static let handshakes = spelled("TLS connect failed: {error}") { holes in
    handshakeFailure(.qmail, holes["error"]?.replacing("_", with: " "))
  }

  /// A row for the template as it is, and one with underscores for spaces.
  private static func spelled(
    _ template: String, _ reading: @escaping Reading
  ) -> [LogPattern] {
    [LogPattern(template, reading), LogPattern(template.replacing(" ", with: "_"), reading)]
  }

  /// What it says in front of a reply that it quotes.
  private static let refusals: [(String, Stage)] = [
    ("but my name was rejected", .ehlo), ("but greeting failed", .banner),
    ("but sender was rejected", .mail), ("does not like recipient", .rcpt),
    ("failed on DATA command", .data), ("failed after I sent the message", .dot),
  ]

  /// The same where no reply is quoted, and what it says of connections.
  private static let plain: [(String, SessionStatus, Stage?)] =
    refusals.map { ($0.0, SessionStatus.rejected, $0.1) } + [
      // What it says of a connection that ended when all of the message was sent, and only then.
      ("but connection died. Possible duplicate!", .closed, .dot),
      ("but connection died", .closed, nil),
      // Refused or not answered: it has one word for both.
      ("t able to establish an SMTP connection", .unreachable, .connect),
      ("CNAME lookup failed temporarily", .unreachable, .resolve),
      ("t find any host named", .unreachable, .resolve),
      ("t find a mail exchanger or IP address", .unreachable, .resolve),
      ("m listed as a best-preference MX or A for that host", .unreachable, .resolve),
    ]
}
