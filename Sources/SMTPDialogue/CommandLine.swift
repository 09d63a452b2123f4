import SessionTrace

/// A command with its bytes and with what its reply means.
struct CommandLine: Equatable, Sendable {
  let kind: ReplyDue
  /// Ends in CRLF.
  let bytes: [UInt8]

  init(_ kind: ReplyDue, _ line: [UInt8]) {
    self.kind = kind
    self.bytes = line + [0x0D, 0x0A]
  }

  init(_ kind: ReplyDue, _ line: String) { self.init(kind, Array(line.utf8)) }

  var command: Command {
    Command(stage: kind.stage, text: escapedText(bytes.dropLast(2)), length: bytes.count)
  }

  static func ehlo(_ name: String) -> CommandLine { CommandLine(.ehlo, "EHLO \(name)") }
  static func helo(_ name: String) -> CommandLine { CommandLine(.helo, "HELO \(name)") }
  static let startTLS = CommandLine(.startTLS, "STARTTLS")
  static func chunk(of size: Int, isLast: Bool) -> CommandLine {
    CommandLine(isLast ? .lastChunk : .chunk, "BDAT \(size)\(isLast ? " LAST" : "")")
  }
  static let data = CommandLine(.data, "DATA")
  static let loneDot = CommandLine(.loneDot, ".")
  static let reset = CommandLine(.reset, "RSET")
  static let quit = CommandLine(.quit, "QUIT")
}
