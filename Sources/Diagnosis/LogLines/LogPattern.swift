import SMTPDialogue
import SessionTrace

/// Words that a program is known to log, and what they mean: a row of the table of them.
struct LogPattern: Sendable {
  /// What the holes of the template say; `nil` where they are not what the program puts there.
  ///
  /// A reply is quoted in the hole `reply`.
  typealias Reading = @Sendable ([String: String]) -> LogLine?

  var template: LogTemplate
  var reading: Reading

  init(_ template: String, _ reading: @escaping Reading) {
    self.template = LogTemplate(template)
    self.reading = reading
  }

  /// Words that always mean the same.
  init(
    _ template: String, _ program: LogLine.Program, _ status: SessionStatus, _ stage: Stage?
  ) {
    self.init(template) { _ in LogLine(program: program, status: status, stage: stage) }
  }

  /// A reply that is quoted.
  static func quoting(
    _ template: String, _ program: LogLine.Program, at stage: Stage?
  ) -> LogPattern {
    LogPattern(template) { refused(program, at: stage, $0["reply"]) }
  }

  /// Every row, in the order in which they are tried: the more words a row has, the earlier.
  static let all =
    exim + postfix + sendmail + qmail + openSMTPD + haraka + exchange + swaks + libraries + scripts
    + unnamed

  /// A refusal, told by the reply's code; a reply that is none breaks the protocol where it is quoted.
  static func refused(
    _ program: LogLine.Program, at stage: Stage?, _ reply: String?, command: String? = nil
  ) -> LogLine? {
    guard let said = reply?.drop(while: { $0 == " " || $0 == "\"" }) else { return nil }
    let codes = said.split(separator: " ").compactMap { word in
      word.prefix(3).count == 3 ? Int(word.prefix(3)) : nil
    }.filter((200...599).contains)
    guard let code = codes.first(where: { $0 >= 400 }) ?? codes.first else { return nil }
    let status: SessionStatus =
      code < 400 ? .protocolError : code < 500 ? .deferred : .rejected
    return LogLine(
      program: program, status: status, stage: stage, reply: String(said), command: command)
  }

  /// The line with the cause that its words name.
  static func naming(_ cause: CauseID, _ line: LogLine) -> LogLine {
    var line = line
    line.named = [cause]
    return line
  }

  /// How a kernel's word for a connection that failed is told, as it is or as a runtime names it.
  static func connectFailure(_ program: LogLine.Program, _ error: String?) -> LogLine? {
    guard let error = error?.lowercased() else { return nil }
    let known = [
      "refused", "no route", "unreach", "not permitted", "eperm", "host is down", "hostdown",
      "cannot assign", "addrnotavail", "address not available",
    ]
    let hasTimedOut = isTimeout(error)
    guard hasTimedOut || known.contains(where: error.contains) else { return nil }
    var line = LogLine(program: program, status: .unreachable, stage: .connect)
    if hasTimedOut {
      // No answer at all is a filter's, here or there.
      line.named = [.synFiltered, .port25Policy]
    } else if error.contains("refused") {
      line.named = [.connectionRefused]
    } else if error.contains("network is unreach") || error.contains("enetunreach") {
      // A host without IPv6 says so of every such address.
      line.named = [.ipv6BrokenPath, .synFiltered]
    }
    return line
  }

  /// How the end of a connection that stood is told, by the kernel's word or a runtime's for it.
  static func broken(
    _ program: LogLine.Program, side: LogLine.Side = .sender, _ error: String?, at stage: Stage?
  ) -> LogLine {
    let error = error?.lowercased() ?? ""
    let isReset = ["reset", "broken pipe", "epipe"].contains(where: error.contains)
    let status: SessionStatus = isTimeout(error) ? .stalled : isReset ? .reset : .closed
    return LogLine(program: program, side: side, status: status, stage: stage)
  }

  /// How a library's word for a handshake that failed is told: most fail for what the two do not agree on.
  static func handshakeFailure(
    _ program: LogLine.Program, side: LogLine.Side = .sender, _ error: String?
  ) -> LogLine {
    let said = error?.lowercased() ?? ""
    let isBroken =
      isTimeout(said)
      || ["lost connection", "reset", "non-properly", "broken pipe"].contains(where: said.contains)
    return isBroken
      ? broken(program, side: side, error, at: .tls)
      : LogLine(program: program, side: side, status: .tlsFailed, stage: .tls)
  }

  static func isTimeout(_ error: String) -> Bool {
    ["timed out", "timeout", "timedout"].contains(where: error.contains)
  }
}
