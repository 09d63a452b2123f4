import SessionTrace

/// What Node's, Python's and .NET's libraries raise, and words that stand alone.
extension LogPattern {
  static let scripts: [LogPattern] = nodemailer + smtplib + dotNet

  private static let nodemailer: [LogPattern] = [
    LogPattern("Error: Connection timeout", .nodemailer, .unreachable, .connect),
    // A socket that stood idle.
    LogPattern("Error: Timeout", .nodemailer, .stalled, nil),
    LogPattern("Error: self signed certificate", .nodemailer, .tlsFailed, .tls),
    LogPattern("Error: self-signed certificate", .nodemailer, .tlsFailed, .tls),
    LogPattern("socket disconnected before secure TLS connection", .nodemailer, .closed, .tls),
    .quoting("all recipients were rejected: {reply}", .nodemailer, at: .rcpt),
    .quoting("Message failed: {reply}", .nodemailer, at: .dot),
    .quoting("Mail command failed: {reply}", .nodemailer, at: .mail),
    .quoting("Data command failed: {reply}", .nodemailer, at: .data),
    .quoting("Invalid login: {reply}", .nodemailer, at: .auth),
    LogPattern("wrong version number{words}ESOCKET") { _ in clearText(.nodemailer) },
  ]

  private static let smtplib: [LogPattern] = [
    LogPattern("SMTPServerDisconnected: {words}") { disconnected($0["words"]) },
    LogPattern("Connection unexpectedly closed{words}") { disconnected($0["words"]) },
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
    LogPattern("SSL: CERTIFICATE_VERIFY_FAILED", .smtplib, .tlsFailed, .tls),
    LogPattern("socket.timeout: {words}") { timedOut($0["words"]) },
    LogPattern("TimeoutError: {words}") { timedOut($0["words"]) },
    LogPattern("ConnectionRefusedError: ", .smtplib, .unreachable, .connect),
    LogPattern("ConnectionResetError: ", .smtplib, .reset, nil),
    LogPattern("socket.gaierror: ", .smtplib, .unreachable, .resolve),
    LogPattern("OSError: [Errno {error}") { connectFailure(.smtplib, $0["error"]) },
  ]

  private static let dotNet: [LogPattern] = [
    LogPattern("net_io_connectionclosed", .dotNet, .closed, nil),
    LogPattern("SmtpException: The operation has timed out", .dotNet, .stalled, nil),
    LogPattern("SmtpException: {words}Unable to connect", .dotNet, .unreachable, .connect),
    LogPattern("remote name could not be resolved", .dotNet, .unreachable, .resolve),
    LogPattern("The server response was: {reply}") { answered($0["reply"]) },
  ]

  /// It leaves the code out and has the enhanced one, whose class is the same (RFC 3463 section 2).
  private static func answered(_ reply: String?) -> LogLine? {
    guard let reply, let kind = reply.first, reply.dropFirst().first == "." else { return nil }
    let status: SessionStatus? = kind == "5" ? .rejected : kind == "4" ? .deferred : nil
    return status.map { LogLine(program: .dotNet, status: $0, stage: nil, reply: reply) }
  }

  /// What became of a connection that smtplib had, or that a program thought it had.
  private static func disconnected(_ words: String?) -> LogLine {
    let words = words?.lowercased() ?? ""
    var line = LogLine(
      program: .smtplib, status: isTimeout(words) ? .stalled : .closed, stage: nil)
    if ["run connect() first", "server not connected"].contains(where: words.contains) {
      line.untried = .heldBack
      line.remark =
        "there was no connection any more, or not yet: how it ended stands in earlier lines, if it does"
    }
    return line
  }

  /// Once connected, smtplib has words of its own for a timeout, but not in TLS.
  private static func timedOut(_ words: String?) -> LogLine {
    let words = words?.lowercased() ?? ""
    if words.contains("handshake operation") {
      return LogLine(program: .smtplib, status: .stalled, stage: .tls)
    }
    return words.contains("read operation") || words.contains("write operation")
      ? LogLine(program: .smtplib, status: .stalled, stage: nil)
      : LogLine(program: .smtplib, status: .unreachable, stage: .connect)
  }

  /// Tried last: a line that has more to say has a row of its own.
  static let unnamed: [LogPattern] =
    unconnected.map { text in naked(text) { connectFailure(.unnamed, text) } }
    + ended.map { text in naked(text) { broken(.unnamed, text, at: nil) } }
    + [LogPattern("wrong version number", .openSSL, .tlsFailed, .tls), nakedReply]

  /// Words of kernels, and their names of them, for a connection that does not come about, and for one that ends.
  private static let unconnected = [
    "Connection timed out", "ETIMEDOUT", "Connection refused", "ECONNREFUSED", "No route to host",
    "EHOSTUNREACH", "Network is unreachable", "ENETUNREACH",
  ]
  private static let ended = ["Connection reset", "ECONNRESET", "Broken pipe", "EPIPE"]

  /// What a kernel says where a call fails, by itself or behind the call: `connect: Connection refused (111)`.
  private static func naked(
    _ text: String, _ reading: @escaping @Sendable () -> LogLine?
  ) -> LogPattern {
    LogPattern("{before}\(text){behind}") { holes in
      let others = "\(holes["before"] ?? "") \(holes["behind"] ?? "")".lowercased()
      return others.split { !$0.isLetter }.allSatisfy(callWords.contains) ? reading() : nil
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
  static func clearText(_ program: LogLine.Program) -> LogLine {
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
