import SessionTrace

/// Sendmail: `usersmtp.c`, `deliver.c`, `collect.c`, `srvrsmtp.c`.
extension LogPattern {
  static let sendmail: [LogPattern] = [
    LogPattern("timeout waiting for input from {host} during {phase}") { holes in
      guard let phase = holes["phase"]?.lowercased() else { return nil }
      let isReceiving = phase.hasPrefix("server ")
      let stage = phases.first { phase.contains($0.word) }?.stage
      return LogLine(
        program: .sendmail, side: isReceiving ? .receiver : .sender, status: .stalled, stage: stage)
    },
    LogPattern("lost input channel from {host} to {daemon} after {phase}") { holes in
      guard let phase = holes["phase"]?.lowercased() else { return nil }
      let stage = phases.first { phase.contains($0.word) }?.stage
      return LogLine(program: .sendmail, side: .receiver, status: .closed, stage: stage)
    },
    LogPattern("collect: premature EOM") { _ in
      LogLine(program: .sendmail, side: .receiver, status: .closed, stage: .body)
    },
    LogPattern("collect: read timeout on connection from {host}, ") { _ in
      LogLine(program: .sendmail, side: .receiver, status: .stalled, stage: .body)
    },
    LogPattern("collect: unexpected close on connection from {host}, ") { _ in
      LogLine(program: .sendmail, side: .receiver, status: .closed, stage: .body)
    },
    LogPattern("collect: I/O error on connection from {host}, {error}") {
      broken(.sendmail, side: .receiver, $0["error"], at: .body)
    },
    LogPattern("rejecting commands from {host}] due to pre-greeting traffic") { _ in
      LogLine(program: .sendmail, side: .receiver, status: .protocolError, stage: .banner)
    },
    LogPattern("did not issue MAIL/EXPN/VRFY/ETRN during connection") { _ in
      LogLine(program: .sendmail, side: .receiver, status: .closed, stage: nil)
    },
    // A write that has no time left says so whatever the kernel says.
    LogPattern("timeout writing message to {host}: {error}") {
      broken(.sendmail, $0["error"], at: .body)
    },
    LogPattern("reply: read error from {host}") { _ in
      LogLine(program: .sendmail, status: .closed, stage: nil)
    },
    // A handshake that came about is logged too, with verify=FAIL where nobody asked for more.
    LogPattern("STARTTLS=client, error: {call} failed={rest}") {
      handshakeFailure(.sendmail, $0["rest"])
    },
    LogPattern("STARTTLS=server, error: {call} failed={rest}") {
      handshakeFailure(.sendmail, side: .receiver, $0["rest"])
    },
    LogPattern("Deferred: Connection timed out with", timedOut),
    LogPattern("Deferred: Operation timed out with", timedOut),
    LogPattern("Deferred: Connection refused by", .sendmail, .unreachable, .connect),
    LogPattern("Deferred: Connection reset by", .sendmail, .reset, nil),
    LogPattern("Deferred: No route to host", .sendmail, .unreachable, .connect),
    LogPattern("Deferred: Network is unreachable", .sendmail, .unreachable, .connect),
    LogPattern("host name lookup failure", .sendmail, .unreachable, .resolve),
    LogPattern("stat=Host unknown", .sendmail, .unreachable, .resolve),
    LogPattern("stat=User unknown", .sendmail, .rejected, .rcpt),
    LogPattern("stat=Service unavailable", .sendmail, .rejected, nil),
    LogPattern("stat=Data format error", .sendmail, .rejected, nil),
    LogPattern("mail loops back to me (MX problem?)", .sendmail, .unreachable, .resolve),
    LogPattern("stat=I/O error", .sendmail, .closed, nil),
    LogPattern("Deferred: 403 4.7.0 TLS handshake", .sendmail, .tlsFailed, .tls),
    LogPattern("Deferred: {reply}") {
      connectFailure(.sendmail, $0["reply"]) ?? refused(.sendmail, at: nil, $0["reply"])
    },
    LogPattern("stat=Deferred{rest}") { holes in
      guard holes["rest"]?.allSatisfy(\.isWhitespace) == true else { return nil }
      var line = LogLine(program: .sendmail, status: .deferred, stage: nil)
      line.remark = "the delivery was put off; the line does not say why, lines before it may"
      return line
    },
  ]

  /// While connecting, most often, or at any time later.
  private static let timedOut: Reading = { _ in
    var line = LogLine(program: .sendmail, status: .stalled, stage: nil)
    line.named = [.synFiltered, .port25Policy]
    line.remark =
      "the time was up, while connecting or at any stage later: Sendmail has the same words for both"
    return line
  }

  /// Sendmail's words for where it is (`SmtpPhase`), the longest first.
  private static let phases: [(word: String, stage: Stage)] = [
    ("data 354", .data), ("data status", .dot), ("message collect", .body), ("greeting", .banner),
    ("starttls", .starttls), ("ehlo", .ehlo), ("helo", .ehlo), ("mail", .mail), ("rcpt", .rcpt),
    ("data", .body), ("quit", .quit), ("rset", .quit),
  ]
}
