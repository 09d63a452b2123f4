import SessionTrace

/// Sendmail (`usersmtp.c`, `deliver.c`, `collect.c`), qmail-remote, Exchange and libraries.
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
    LogPattern("Deferred: Connection timed out with", .sendmail, .stalled, nil),
    LogPattern("Deferred: Connection refused by", .sendmail, .unreachable, .connect),
    LogPattern("Deferred: Connection reset by", .sendmail, .reset, nil),
    LogPattern("host name lookup failure", .sendmail, .unreachable, .resolve),
    .quoting("stat=Deferred: {reply}", .sendmail, at: nil),
  ]

  /// Sendmail's words for where it is (`SmtpPhase`), the longest first.
  private static let phases: [(word: String, stage: Stage)] = [
    ("data 354", .data), ("data status", .dot), ("message collect", .body), ("greeting", .banner),
    ("starttls", .starttls), ("ehlo", .ehlo), ("helo", .ehlo), ("mail", .mail), ("rcpt", .rcpt),
    ("data", .body), ("quit", .quit), ("rset", .quit),
  ]

  static let qmail: [LogPattern] = [
    ("t able to establish an SMTP connection", SessionStatus.stalled, Stage.connect),
    ("but connection died", .closed, nil), ("but my name was rejected", .rejected, .ehlo),
    ("but greeting failed", .rejected, .banner), ("but sender was rejected", .rejected, .mail),
    ("does not like recipient", .rejected, .rcpt), ("failed on DATA command", .rejected, .data),
    ("failed after I sent the message", .rejected, .dot),
  ].flatMap { words, status, stage in
    // Its log has underscores for spaces.
    [words, words.replacing(" ", with: "_")].map { LogPattern($0, .qmail, status, stage) }
  }

  /// Enhanced codes and Winsock errors of Exchange's bounces and logs.
  static let exchange: [LogPattern] = [
    LogPattern("Winsock error code: 10060", .exchange, .stalled, .connect),
    LogPattern("Winsock error code: 10061", .exchange, .unreachable, .connect),
    LogPattern("Winsock error code: 10065", .exchange, .unreachable, .connect),
    LogPattern("Winsock error code: 10054", .exchange, .reset, nil),
    LogPattern("4.4.2 Connection dropped due to TimedOut", .exchange, .stalled, nil),
    LogPattern("4.4.2 Connection dropped due to ConnectionReset", .exchange, .reset, nil),
    LogPattern("4.4.2 Connection dropped due to SocketError", .exchange, .closed, nil),
    LogPattern("4.4.2 Connection dropped", .exchange, .closed, nil),
    LogPattern("4.4.1 Connection timed out", .exchange, .stalled, .connect),
    LogPattern("4.4.316 Connection refused", .exchange, .unreachable, .connect),
    LogPattern("4.4.318 Connection was closed abruptly", .exchange, .closed, nil),
    LogPattern("starttls-not-supported", .exchange, .tlsFailed, .starttls),
    LogPattern("certificate-expired", .exchange, .tlsFailed, .tls),
    LogPattern("certificate-host-mismatch", .exchange, .tlsFailed, .tls),
    .quoting("IP address responded with: \"{reply}\"", .exchange, at: nil),
    LogPattern("did not accept our requests to connect", .gmail, .stalled, .connect),
    LogPattern("TLS Negotiation failed", .gmail, .tlsFailed, .tls),
  ]

  static let libraries: [LogPattern] = [
    LogPattern("*** Remote host closed connection unexpectedly", .swaks, .closed, nil),
    LogPattern("*** TLS startup failed", .swaks, .tlsFailed, .tls),
    LogPattern("*** Host did not advertise STARTTLS", .swaks, .tlsFailed, .starttls),
    LogPattern("*** STARTTLS attempted but failed", .swaks, .tlsFailed, .starttls),
    LogPattern("*** Error connecting") { holes in
      LogLine(program: .swaks, status: .unreachable, stage: .connect)
    },
    LogPattern("curl: (28) Connection timed out", .curl, .stalled, .connect),
    LogPattern("curl: (28) Failed to connect", .curl, .stalled, .connect),
    LogPattern("curl: (28)", .curl, .stalled, nil),
    LogPattern("curl: (7) Failed to connect", .curl, .unreachable, .connect),
    LogPattern("curl: (6) Could not resolve host", .curl, .unreachable, .resolve),
    LogPattern("curl: (56) response reading failed", .curl, .closed, nil),
    LogPattern("curl: (55)", .curl, .reset, .body),
    LogPattern("curl: (35)", .curl, .tlsFailed, .tls),
    LogPattern("Greeting never received", .nodemailer, .stalled, .banner),
    LogPattern("Unexpected socket close", .nodemailer, .closed, nil),
    LogPattern(
      "Could not connect to SMTP host: {host}, port: {port}, response: -1", .javaMail, .closed,
      .banner),
    LogPattern(
      "Could not connect to SMTP host: {host}, port: {port}", .javaMail, .unreachable, .connect),
    LogPattern("SMTP connect() failed", .phpMailer, .unreachable, .connect),
    LogPattern("DATA END command failed", .phpMailer, .rejected, .dot),
    LogPattern("Connection unexpectedly closed: timed out", .smtplib, .stalled, nil),
    LogPattern("SMTPServerDisconnected: Connection unexpectedly closed", .smtplib, .closed, nil),
  ]
}
