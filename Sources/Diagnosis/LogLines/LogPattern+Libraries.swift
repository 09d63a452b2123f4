import SessionTrace

/// swaks, curl, telnet, and the libraries that programs send mail with.
extension LogPattern {
  static let swaks: [LogPattern] = [
    LogPattern("*** Remote host closed connection unexpectedly", .swaks, .closed, nil),
    LogPattern("*** TLS startup failed", .swaks, .tlsFailed, .tls),
    LogPattern("*** Host did not advertise STARTTLS", .swaks, .tlsFailed, .starttls),
    LogPattern("*** STARTTLS attempted but failed", .swaks, .tlsFailed, .starttls),
    LogPattern("*** No authentication type succeeded", .swaks, .rejected, .auth),
    LogPattern("IO::Socket::{module}: connect: {error}") { connectFailure(.swaks, $0["error"]) },
    LogPattern("*** Error connecting", .swaks, .unreachable, .connect),
    LogPattern("<** Timeout (", .swaks, .stalled, nil),
    LogPattern("*** Timeout (", .swaks, .stalled, nil),
    // With the lines that follow it, or alone.
    .quoting("<** {reply}\n", .swaks, at: nil), .quoting("<~* {reply}\n", .swaks, at: nil),
    .quoting("<** {reply}", .swaks, at: nil), .quoting("<~* {reply}", .swaks, at: nil),
  ]

  static let libraries: [LogPattern] = [
    .quoting("curl: ({number}) MAIL failed: {reply}", .curl, at: .mail),
    .quoting("curl: ({number}) RCPT failed: {reply}", .curl, at: .rcpt),
    .quoting("curl: ({number}) Got unexpected smtp-server response: {reply}", .curl, at: .banner),
    .quoting("curl: (67) {words}denied: {reply}", .curl, at: .auth),
    LogPattern("curl: (60)", .curl, .tlsFailed, .tls),
    LogPattern("curl: (28) Connection timed out", .curl, .unreachable, .connect),
    LogPattern("curl: (28) Connection timeout", .curl, .unreachable, .connect),
    LogPattern("curl: (28) Failed to connect", .curl, .unreachable, .connect),
    LogPattern("curl: (28)", .curl, .stalled, nil),
    LogPattern("curl: (7) Failed to connect", .curl, .unreachable, .connect),
    LogPattern("curl: (6) Could not resolve host", .curl, .unreachable, .resolve),
    LogPattern("curl: (56) response reading failed", .curl, .closed, nil),
    LogPattern("curl: (55)", .curl, .reset, nil),
    LogPattern("curl: (35)", .curl, .tlsFailed, .tls),
    LogPattern("Greeting never received", .nodemailer, .stalled, .banner),
    LogPattern("Unexpected socket close", .nodemailer, .closed, nil),
    LogPattern("Could not connect to SMTP host: {host}, port: {rest}") { javaMail($0["rest"]) },
    LogPattern("Couldn't connect to host, port:", .javaMail, .unreachable, .connect),
    LogPattern("Exception reading response{rest}") { holes in
      holes["rest"]?.contains("SSL") == true
        ? handshakeFailure(.javaMail, holes["rest"]) : broken(.javaMail, holes["rest"], at: nil)
    },
    LogPattern("Could not convert socket to TLS", .javaMail, .tlsFailed, .tls),
    LogPattern("STARTTLS is required but host does not support", .javaMail, .tlsFailed, .starttls),
    LogPattern("SocketTimeoutException: Read timed out", .javaMail, .stalled, nil),
    LogPattern("MessagingException: [EOF]", .javaMail, .closed, nil),
    .quoting("SMTPAddressFailedException: {reply}", .javaMail, at: .rcpt),
    .quoting("SMTPSenderFailedException: {reply}", .javaMail, at: .mail),
    .quoting("SMTPSendFailedException: {reply}", .javaMail, at: nil),
    .quoting("AuthenticationFailedException: {reply}", .javaMail, at: .auth),
    LogPattern("SMTP ERROR: Failed to connect{error}", notConnected),
    LogPattern("SMTP -> ERROR: Failed to connect{error}", notConnected),
    LogPattern("php_network_getaddresses: getaddrinfo", .phpMailer, .unreachable, .resolve),
    LogPattern("SMTP connect() failed", .phpMailer, .unreachable, .connect),
    LogPattern("Could not connect to SMTP host.", .phpMailer, .unreachable, .connect),
    LogPattern("SMTP Error: Could not authenticate", .phpMailer, .rejected, .auth),
    LogPattern("SMTP Error: data not accepted", .phpMailer, .rejected, .dot),
    LogPattern("SMTP ERROR: {command} command failed: {reply}") { holes in
      holes["command"].flatMap { commands[$0] }.flatMap {
        refused(.phpMailer, at: $0, holes["reply"])
      }
    },
    LogPattern("DATA END command failed{reply}") { holes in
      if let line = refused(.phpMailer, at: .dot, holes["reply"]?.replacing(": ", with: " ")) {
        return line
      }
      // It puts the reply there, and had none.
      var line = LogLine(program: .phpMailer, status: .stalled, stage: .dot)
      line.remark =
        "the end of the message was not answered; the line does not say whether the time was up or"
        + " the connection ended, and the message may have been delivered"
      return line
    },
    LogPattern("stream_socket_enable_crypto()", .phpMailer, .tlsFailed, .tls),
    LogPattern("msmtp: cannot connect to {place}: {error}") { connectFailure(.msmtp, $0["error"]) },
    LogPattern("msmtp: cannot locate host", .msmtp, .unreachable, .resolve),
    LogPattern("msmtp: TLS handshake failed: {error}") { handshakeFailure(.msmtp, $0["error"]) },
    LogPattern("msmtp: network read error: {error}") { broken(.msmtp, $0["error"], at: nil) },
    LogPattern("msmtp: network write error: {error}") { broken(.msmtp, $0["error"], at: nil) },
    LogPattern("msmtp: cannot read from {place}: {error}") {
      broken(.msmtp, $0["error"], at: nil)
    },
    LogPattern("msmtp: cannot write to {place}: {error}") {
      broken(.msmtp, $0["error"], at: nil)
    },
    LogPattern("Unable to connect to remote host: {error}") {
      connectFailure(.telnet, $0["error"])
    },
    LogPattern("telnet: connect to address {place}: {error}") {
      connectFailure(.telnet, $0["error"])
    },
    LogPattern("nc: connect to {place} failed: {error}") { connectFailure(.netcat, $0["error"]) },
    LogPattern("msmtp: the server sent an empty reply", .msmtp, .closed, nil),
    LogPattern("tls: first record does not look like a TLS handshake") { _ in clearText(.go) },
    LogPattern("dial tcp: lookup", .go, .unreachable, .resolve),
    LogPattern("dial tcp {place}: {error}") { connectFailure(.go, $0["error"]) },
    LogPattern("read tcp {place}->{words}: {error}") { broken(.go, $0["error"], at: nil) },
    LogPattern("write tcp {place}->{words}: {error}") { broken(.go, $0["error"], at: nil) },
  ]

  /// What its words for a connection hold besides: one that came about is meant as often as one that did not.
  private static func javaMail(_ rest: String?) -> LogLine? {
    guard let rest else { return nil }
    if rest.contains("response: -1") {
      return LogLine(program: .javaMail, status: .closed, stage: .banner)
    }
    if let reply = rest.firstRange(of: "response: ") {
      return refused(.javaMail, at: .banner, String(rest[reply.upperBound...]))
    }
    if rest.contains("plaintext connection") { return clearText(.javaMail) }
    if rest.contains("SSL") { return handshakeFailure(.javaMail, rest) }
    return rest.contains("Read timed out")
      ? LogLine(program: .javaMail, status: .stalled, stage: .banner)
      : LogLine(program: .javaMail, status: .unreachable, stage: .connect)
  }

  private static let notConnected: Reading = { holes in
    holes["error"]?.contains("getaddrinfo") == true
      ? LogLine(program: .phpMailer, status: .unreachable, stage: .resolve)
      : connectFailure(.phpMailer, holes["error"])
        ?? LogLine(program: .phpMailer, status: .unreachable, stage: .connect)
  }

  /// The commands that PHPMailer names where a server refused one.
  private static let commands: [String: Stage] = [
    "EHLO": .ehlo, "HELO": .ehlo, "STARTTLS": .starttls, "AUTH": .auth, "Username": .auth,
    "Password": .auth, "User & Password": .auth, "MAIL FROM": .mail, "RCPT TO": .rcpt,
    "DATA": .data,
  ]
}
