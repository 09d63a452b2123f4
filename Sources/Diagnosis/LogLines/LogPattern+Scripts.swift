import SessionTrace

/// What Node's, Python's and .NET's libraries raise, and words that stand alone.
extension LogPattern {
  static let scripts: [LogPattern] = nodemailer + smtplib + dotNet

  private static let nodemailer: [LogPattern] = [
    LogPattern("Error: Connection timeout", .nodemailer, .unreachable, .connect),
    LogPattern("ETIMEDOUT{words}CONN", .nodemailer, .unreachable, .connect),
    .quoting("all recipients were rejected: {reply}", .nodemailer, at: .rcpt),
    .quoting("Message failed: {reply}", .nodemailer, at: .dot),
    .quoting("Mail command failed: {reply}", .nodemailer, at: .mail),
    .quoting("Data command failed: {reply}", .nodemailer, at: .data),
    .quoting("Invalid login: {reply}", .nodemailer, at: .auth),
    LogPattern("wrong version number{words}ESOCKET") { _ in clearText(.nodemailer) },
  ]

  private static let smtplib: [LogPattern] = [
    LogPattern("Connection unexpectedly closed: timed out", .smtplib, .stalled, nil),
    LogPattern("SMTPServerDisconnected:", .smtplib, .closed, nil),
    LogPattern("SMTPRecipientsRefused: {address}': ({reply}") { holes in
      let address = holes["address"]?.drop { $0 == "{" || $0 == "'" }
      return raised(holes["reply"], at: .rcpt, command: address.map { "RCPT TO:<\($0)>" })
    },
    LogPattern("SMTPSenderRefused: ({reply}") { raised($0["reply"], at: .mail) },
    LogPattern("SMTPHeloError: ({reply}") { raised($0["reply"], at: .ehlo) },
    LogPattern("SMTPConnectError: ({reply}") { raised($0["reply"], at: .banner) },
    LogPattern("SMTPAuthenticationError: ({reply}") { raised($0["reply"], at: .auth) },
    // To DATA, or to the end of the message.
    LogPattern("SMTPDataError: ({reply}") { raised($0["reply"], at: nil) },
    LogPattern("STARTTLS extension not supported", .smtplib, .tlsFailed, .starttls),
    LogPattern("SSL: WRONG_VERSION_NUMBER") { _ in clearText(.smtplib) },
    // Once connected, smtplib has words of its own.
    LogPattern("socket.timeout: timed out", .smtplib, .unreachable, .connect),
    LogPattern("TimeoutError: ", .smtplib, .unreachable, .connect),
    LogPattern("ConnectionRefusedError: ", .smtplib, .unreachable, .connect),
    LogPattern("ConnectionResetError: ", .smtplib, .reset, nil),
    LogPattern("socket.gaierror: ", .smtplib, .unreachable, .resolve),
    LogPattern("OSError: [Errno {error}") { connectFailure(.smtplib, $0["error"]) },
  ]

  private static let dotNet: [LogPattern] = [
    LogPattern("net_io_connectionclosed", .dotNet, .closed, nil),
    LogPattern("SmtpException: The operation has timed out", .dotNet, .stalled, nil),
    LogPattern("SmtpException: {words}Unable to connect", .dotNet, .unreachable, .connect),
  ]

  /// Tried last: a line that has more to say has a row of its own.
  static let unnamed: [LogPattern] = [
    naked("Connection timed out") { connectFailure(.unnamed, $0) },
    naked("ETIMEDOUT") { connectFailure(.unnamed, $0) },
    naked("Connection refused") { connectFailure(.unnamed, $0) },
    naked("ECONNREFUSED") { connectFailure(.unnamed, $0) },
    naked("No route to host") { connectFailure(.unnamed, $0) },
    naked("EHOSTUNREACH") { connectFailure(.unnamed, $0) },
    naked("Network is unreachable") { connectFailure(.unnamed, $0) },
    naked("ENETUNREACH") { connectFailure(.unnamed, $0) },
    naked("Connection reset") { broken(.unnamed, $0, at: nil) },
    naked("ECONNRESET") { broken(.unnamed, $0, at: nil) },
    naked("Broken pipe") { broken(.unnamed, $0, at: nil) },
    naked("EPIPE") { broken(.unnamed, $0, at: nil) },
    LogPattern("wrong version number", .openSSL, .tlsFailed, .tls),
    nakedReply,
  ]

  /// What a kernel says where a call fails, by itself or behind the call: `connect: Connection refused (111)`.
  private static func naked(
    _ text: String, _ reading: @escaping @Sendable (String) -> LogLine?
  ) -> LogPattern {
    LogPattern("{before}\(text){behind}") { holes in
      let others = "\(holes["before"] ?? "") \(holes["behind"] ?? "")".lowercased()
      return others.split { !$0.isLetter }.allSatisfy(callWords.contains) ? reading(text) : nil
    }
  }

  private static let callWords: Set<Substring> = [
    "connect", "read", "write", "recv", "send", "socket", "error", "errno", "by", "peer",
  ]

  /// A reply that somebody pasted without what was round it: a code, and words.
  private static let nakedReply = LogPattern("{reply}") { holes in
    let words = (holes["reply"] ?? "").split { $0 == " " || $0 == "-" }
    guard let code = words.first, code.count == 3, code.allSatisfy(\.isASCII),
      Int(code).map({ [40, 42, 43, 45, 50, 52, 53, 54, 55, 57].contains($0 / 10) }) == true,
      words.count > 2
    else { return nil }
    return refused(.unnamed, at: nil, holes["reply"])
  }

  /// A handshake whose answer was no TLS: the port speaks in clear, or wants STARTTLS first.
  private static func clearText(_ program: LogLine.Program) -> LogLine {
    naming(.implicitTlsPort, LogLine(program: program, status: .tlsFailed, stage: .tls))
  }

  /// A reply as Python shows a pair: `550, b'5.1.1 User unknown')`.
  private static func raised(
    _ pair: String?, at stage: Stage?, command: String? = nil
  ) -> LogLine? {
    guard let pair, let comma = pair.firstIndex(of: ",") else { return nil }
    let text = pair[comma...].drop { $0 == "," || $0 == " " || $0 == "b" }
    guard let quote = text.first, quote == "'" || quote == "\"" else { return nil }
    return refused(
      .smtplib, at: stage, pair[..<comma] + " " + text.dropFirst().prefix { $0 != quote },
      command: command)
  }
}
