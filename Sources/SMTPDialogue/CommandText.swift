import SessionTrace

/// A command with its bytes and with what its reply means.
struct CommandText: Equatable, Sendable {
  let verb: Verb
  /// Ends in CRLF.
  let bytes: [UInt8]
  /// Where in the line what nobody else may read begins; `nil` where all may.
  private let secretFrom: Int?

  /// A line; from `secretFrom` on it is shown as so many stars.
  init(_ verb: Verb, _ line: [UInt8], secretFrom: Int? = nil) {
    self.verb = verb
    self.bytes = line + [Byte.cr, Byte.lf]
    self.secretFrom = secretFrom
  }

  /// The line of a verb that needs nothing but the plan.
  init(_ verb: Verb, _ plan: DialoguePlan) {
    let row = verb.row
    let argument = row.argument(plan)
    self.init(verb, Array((argument.isEmpty ? row.word : "\(row.word) \(argument)").utf8))
  }

  /// The line that announces a chunk.
  static func chunk(of size: Int, isLast: Bool) -> CommandText {
    let verb = isLast ? Verb.lastBDAT : .bdat
    return CommandText(verb, Array("\(verb.row.word) \(size)\(isLast ? " LAST" : "")".utf8))
  }

  /// What stands between the angle brackets of MAIL and RCPT, escaped.
  var mailbox: String {
    escapedText(
      bytes.drop { $0 != UInt8(ascii: "<") }.dropFirst().prefix { $0 != UInt8(ascii: ">") })
  }

  var command: Command {
    let line = bytes.dropLast(2)
    let shown = line.prefix(secretFrom ?? line.count)
    let stars = String(repeating: "*", count: line.count - shown.count)
    return Command(verb: verb, text: escapedText(shown) + stars, length: bytes.count)
  }
}

extension Collection<CommandText> {
  /// Those at the front that may leave together: up to one that must be the last of its group (RFC 2920
  /// section 3.1); without pipelining one by one.
  func firstGroup(isPipelined: Bool) -> SubSequence {
    guard isPipelined else { return prefix(1) }
    guard let last = firstIndex(where: { $0.verb.row.endsGroup }) else { return self[...] }
    return self[...last]
  }
}
