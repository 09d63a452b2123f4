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
    .quoting("<** {reply}", .swaks, at: nil), .quoting("<~* {reply}", .swaks, at: nil),
  ]

  static let libraries: [LogPattern] = [
    LogPattern("curl: (28) Connection timed out", .curl, .unreachable, .connect),
    LogPattern("curl: (28) Failed to connect", .curl, .unreachable, .connect),
    LogPattern("curl: (28)", .curl, .stalled, nil),
    LogPattern("curl: (7) Failed to connect", .curl, .unreachable, .connect),
    LogPattern("curl: (6) Could not resolve host", .curl, .unreachable, .resolve),
    LogPattern("curl: (56) response reading failed", .curl, .closed, nil),
    LogPattern("curl: (55)", .curl, .reset, nil),
    LogPattern("curl: (35)", .curl, .tlsFailed, .tls),
    LogPattern("Greeting never received", .nodemailer, .stalled, .banner),
    LogPattern("Unexpected socket close", .nodemailer, .closed, nil),
    LogPattern(
      "Could not connect to SMTP host: {host}, port: {port}, response: -1", .javaMail, .closed,
      .banner),
    LogPattern(
      "Could not connect to SMTP host: {host}, port: {port}", .javaMail, .unreachable, .connect),
    LogPattern("Couldn't connect to host, port:", .javaMail, .unreachable, .connect),
    LogPattern("Could not convert socket to TLS", .javaMail, .tlsFailed, .tls),
    LogPattern("STARTTLS is required but host does not support", .javaMail, .tlsFailed, .starttls),
    LogPattern("SocketTimeoutException: Read timed out", .javaMail, .stalled, nil),
    LogPattern("MessagingException: [EOF]", .javaMail, .closed, nil),
    .quoting("SMTPAddressFailedException: {reply}", .javaMail, at: .rcpt),
    .quoting("SMTPSenderFailedException: {reply}", .javaMail, at: .mail),
    .quoting("SMTPSendFailedException: {reply}", .javaMail, at: nil),
    .quoting("AuthenticationFailedException: {reply}", .javaMail, at: .auth),
    LogPattern("SMTP ERROR: Failed to connect to server: {error}") {
      connectFailure(.phpMailer, $0["error"])
    },
    LogPattern("SMTP ERROR: Failed to connect", .phpMailer, .unreachable, .connect),
    LogPattern("SMTP connect() failed", .phpMailer, .unreachable, .connect),
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
    LogPattern("dial tcp: lookup", .go, .unreachable, .resolve),
    LogPattern("dial tcp {place}: {error}") { connectFailure(.go, $0["error"]) },
    LogPattern("read tcp {place}->{words}: {error}") { broken(.go, $0["error"], at: nil) },
    LogPattern("write tcp {place}->{words}: {error}") { broken(.go, $0["error"], at: nil) },
  ]
}
