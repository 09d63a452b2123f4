import SessionTrace

/// Haraka, by `outbound/hmail.js` and `outbound/client_pool.js`, and what Node says to it and to others.
extension LogPattern {
  static let haraka: [LogPattern] =
    harakaAlone + node(.haraka, after: "Outbound connection error: {words}")
    + node(.haraka, after: "SMTP connection errored {words}") + node(.nodemailer, after: "Error: ")

  private static let harakaAlone: [LogPattern] = [
    LogPattern("Outbound connection timed out to", .haraka, .unreachable, .connect),
    LogPattern("Failed to get socket: {error}") { connectFailure(.haraka, $0["error"]) },
    LogPattern("Ongoing connection failed to {place} : socket timeout waiting on {command}") {
      holes in
      let command = String(holes["command"]?.prefix { $0.isLetter } ?? "")
      return LogLine(program: .haraka, status: .stalled, stage: stages[command])
    },
    LogPattern("Ongoing connection failed to {place} : {error}") {
      broken(.haraka, $0["error"], at: nil)
    },
    LogPattern("closed connection while we were processing mail", .haraka, .closed, nil),
    LogPattern("Unrecognized response from upstream server", .haraka, .protocolError, nil),
    .quoting("Upstream error: {reply}", .haraka, at: nil),
    // How each of them failed stands in the lines before.
    LogPattern("Tried all MXs", .haraka, .unreachable, nil),
  ]

  /// The command that Haraka waits with.
  private static let stages: [String: Stage] = [
    "connect": .banner, "ehlo": .ehlo, "helo": .ehlo, "lhlo": .ehlo, "starttls": .starttls,
    "auth": .auth, "mail": .mail, "rcpt": .rcpt, "data": .data, "dot": .dot, "quit": .quit,
  ]

  /// `ECONNRESET`, with the letter that all of them begin with.
  private static func errorName(_ rest: String?) -> String? { rest.map { "E" + $0 } }

  /// Node's errors of a socket, behind words of the program's.
  private static func node(_ program: LogLine.Program, after words: String) -> [LogPattern] {
    [
      LogPattern(words + "connect E{rest}") { connectFailure(program, errorName($0["rest"])) },
      LogPattern(words + "read E{rest}") { broken(program, errorName($0["rest"]), at: nil) },
      LogPattern(words + "write E{rest}") { broken(program, errorName($0["rest"]), at: nil) },
      LogPattern(words + "getaddrinfo E", program, .unreachable, .resolve),
    ]
  }
}
