/// What a healthy server says to each command: the words that rules overrule.
struct HealthyReplies: Sendable {
  private let name: String
  private let capabilities: [String]
  private let isLMTP: Bool
  /// Nothing where they bind nobody.
  private let limits: AnnouncedLimits

  /// What the client has achieved in this transaction.
  struct Transaction: Equatable, Sendable {
    var hasGreeted = false
    var hasSender = false
    /// It is the null sender, that of bounces.
    var hasEmptySender = false
    var recipients = 0
    /// The domains of those.
    var domains: Set<String> = []
    /// How often MAIL was said over the connection.
    var senders = 0
    /// The commands that said so, as they came.
    var envelope: [UInt8] = []
    /// Content by BDAT has begun.
    var hasChunks = false
    /// MAIL asked for a reply for each recipient (PRDR).
    var wantsReplyForEach = false
    var isSecured = false
    /// AUTH has begun, and the next line is no command: by which mechanism, and how many lines came.
    var authentication: Authentication?
  }

  /// An exchange under way.
  struct Authentication: Equatable, Sendable {
    var mechanism: String
    var responses = 0
  }

  init(_ script: ServerScript) {
    name = script.name
    capabilities = script.capabilities
    isLMTP = script.habits.contains(.speaksLMTP)
    limits = AnnouncedLimits(script.habits.contains(.keepsToLimits) ? script.capabilities : [])
  }

  var greeting: [UInt8] { line("220 \(name) \(isLMTP ? "LMTP" : "ESMTP") smtpprobe lab") }

  /// The reply to a command line, its line end removed.
  func reply(to command: CommandText, in transaction: Transaction) -> [UInt8] {
    switch command.verb {
    case "EHLO" where isLMTP, "HELO" where isLMTP:
      return line("500 5.5.1 This is LMTP: say LHLO")
    case "LHLO" where isLMTP, "EHLO": return capabilityList(isSecured: transaction.isSecured)
    case "HELO": return line("250 \(name)")
    case "STARTTLS":
      let isOffered = offers("STARTTLS") && !transaction.isSecured
      return line(isOffered ? "220 2.0.0 Ready to start TLS" : "502 5.5.1 Not implemented")
    // Another client is there: it is greeted (Postfix, XCLIENT_README).
    case "XCLIENT" where offers("XCLIENT"):
      return transaction.hasSender ? line("503 5.5.1 MAIL transaction in progress") : greeting
    case "AUTH": return reply(toAuthentication: command)
    case CommandText.response: return reply(toResponse: command, transaction.authentication)
    case "MAIL":
      if let refusal = limits.refusal(ofMailIn: transaction) { return line(refusal) }
      return line(
        !transaction.hasGreeted
          ? "503 5.5.1 Say hello first"
          : transaction.hasSender ? "503 5.5.1 Sender already given" : "250 2.1.0 Sender ok")
    case "RCPT":
      if let refusal = limits.refusal(of: command, in: transaction) { return line(refusal) }
      return line(transaction.hasSender ? "250 2.1.5 Recipient ok" : "503 5.5.1 Need MAIL first")
    case "DATA":
      return line(
        transaction.recipients > 0
          ? "354 End data with <CRLF>.<CRLF>"
          : transaction.hasSender ? "554 5.5.1 No valid recipients" : "503 5.5.1 Need RCPT first")
    case "BDAT" where offers("CHUNKING"):
      return line("501 5.5.4 Syntax: BDAT size [LAST]")
    case "RSET", "NOOP": return line("250 2.0.0 Ok")
    case "VRFY": return line("252 2.5.0 Will not verify")
    case "HELP": return line("214 2.0.0 See RFC 5321")
    case "QUIT": return line("221 2.0.0 \(name) closing connection")
    default: return line("500 5.5.2 Command not recognized")
    }
  }

  /// Whoever says who he is is believed: PLAIN and LOGIN, with a first response or without (RFC 4954).
  private func reply(toAuthentication command: CommandText) -> [UInt8] {
    let isWhole = command.words.count > 2
    switch command.mechanism {
    case let mechanism where !offersAuthentication(by: mechanism):
      return line("504 5.5.4 Mechanism not supported")
    case "LOGIN": return isWhole ? Self.askForPassword : line("334 VXNlcm5hbWU6")
    case "PLAIN": return isWhole ? Self.welcome : line("334 ")
    // <1.2@mx.lab.example>, always the same.
    case "CRAM-MD5": return line("334 PDEuMkBteC5sYWIuZXhhbXBsZT4=")
    default: return line("334 ")
    }
  }

  private func reply(toResponse command: CommandText, _ exchange: Authentication?) -> [UInt8] {
    if command.words == ["*"] { return line("501 5.7.0 Authentication cancelled") }
    return exchange?.mechanism == "LOGIN" && exchange?.responses == 0
      ? Self.askForPassword : Self.welcome
  }

  private static let askForPassword = Array("334 UGFzc3dvcmQ6\r\n".utf8)
  private static let welcome = Array("235 2.7.0 Authentication successful\r\n".utf8)

  private func offersAuthentication(by mechanism: String) -> Bool {
    capabilities.contains { line in
      let words = line.uppercased().split(separator: " ").map(String.init)
      return words.first == "AUTH" && words.dropFirst().contains(mechanism)
    }
  }

  /// The reply to the end of data.
  func accepted(size: Int, in transaction: Transaction) -> [UInt8] {
    let reply = line("250 2.0.0 Ok: \(size) bytes taken")
    if transaction.wantsReplyForEach, transaction.recipients > 1 {
      let each = (1...transaction.recipients).flatMap { line("250 2.1.5 Recipient \($0) ok") }
      return line("353 2.0.0 PRDR content analysis beginning") + each + reply
    }
    return isLMTP ? (0..<transaction.recipients).flatMap { _ in reply } : reply
  }

  /// The reply to a chunk of so many bytes; `total` is the size of the message when it is the last.
  func reply(toChunkOf size: Int, lastOf total: Int?, in transaction: Transaction) -> [UInt8] {
    guard transaction.recipients > 0 else {
      return line(
        transaction.hasSender ? "554 5.5.1 No valid recipients" : "503 5.5.1 Need MAIL first")
    }
    return total.map { accepted(size: $0, in: transaction) }
      ?? line("250 2.6.0 \(size) octets received")
  }

  /// The reply to a command line that grows without end.
  var tooLong: [UInt8] { line("500 5.5.2 Line too long") }

  /// Whether EHLO names this capability.
  func offers(_ keyword: String) -> Bool {
    capabilities.contains { $0.split(separator: " ").first.map(String.init) == keyword }
  }

  private func capabilityList(isSecured: Bool) -> [UInt8] {
    let lines = [name] + capabilities.filter { !(isSecured && $0 == "STARTTLS") }
    return lines.enumerated().flatMap { index, text in
      line("250" + (index == lines.count - 1 ? " " : "-") + text)
    }
  }

  private func line(_ text: String) -> [UInt8] { Array(text.utf8) + [13, 10] }
}

/// A command as the lab's servers read one: dumbly, at the first LF.
struct CommandText: Equatable, Sendable {
  /// With its line end.
  let bytes: [UInt8]
  /// Upper-case, up to the first space.
  let verb: String
  /// Whether one read brought it together with other commands.
  var isInGroup: Bool

  /// Stands for the verb of a line that answers a challenge.
  static let response = "(AUTH response)"

  /// A line; one that answers a challenge of AUTH has no verb of its own.
  init(_ bytes: [UInt8], isInGroup: Bool = false, isResponse: Bool = false) {
    self.bytes = bytes
    self.isInGroup = isInGroup
    let word = bytes.prefix { $0 > 32 }
    verb =
      isResponse
      ? Self.response : String(decoding: word.prefix(16), as: UTF8.self).uppercased()
  }

  /// The line cut at its spaces.
  var words: [String] { bytes.split { $0 <= 32 }.map { String(decoding: $0, as: UTF8.self) } }

  /// The line as a log has it: what AUTH says may be somebody's password, and is so many stars.
  var shown: [UInt8] {
    var secret = bytes.endIndex
    if verb == Self.response {
      secret = bytes.startIndex
    } else if verb == "AUTH" {
      let words = bytes.split(maxSplits: 2, whereSeparator: { $0 == 32 })
      if words.count > 2 { secret = words[2].startIndex }
    }
    return bytes[..<secret] + bytes[secret...].map { $0 > 32 ? UInt8(ascii: "*") : $0 }
  }

  /// What AUTH names, in capitals.
  var mechanism: String { words.dropFirst().first?.uppercased() ?? "" }

  /// Whether a parameter stands in it.
  func has(parameter: String) -> Bool {
    words.dropFirst().contains { $0.uppercased() == parameter }
  }

  /// The number that the parameter `SIZE` declares (RFC 1870 section 5); `nil` without one.
  var declaredSize: Int? {
    let sizes = words.dropFirst().filter { $0.uppercased().hasPrefix("SIZE=") }
    return sizes.first.flatMap { Int($0.dropFirst(5)) }
  }
}

extension CommandPattern {
  /// Whether this is such a command; which of them it is, the session counts.
  func matches(_ command: CommandText) -> Bool {
    (verbs.isEmpty || verbs.contains(command.verb))
      && (command.isInGroup || !isInGroup)
      && (longerThan.map { command.bytes.count > $0 } ?? true)
      && (declaresMoreThan.map { (command.declaredSize ?? 0) > $0 } ?? true)
      && (containing.map { Lab.contains($0, in: command.bytes) } ?? true)
  }
}
