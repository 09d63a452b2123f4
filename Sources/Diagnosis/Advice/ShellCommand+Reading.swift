import SessionTrace

extension ShellCommand {
  /// A command as ``line`` writes it; `nil` for any other text.
  package init?(line: String) {
    words = []
    var rest = Substring(line)
    repeat { words.append(ShellCommand.word(&rest)) } while rest.popFirst() == " "
    guard self.line == line else { return nil }
  }

  /// The word that `rest` begins with, its quotes taken off.
  private static func word(_ rest: inout Substring) -> String {
    if rest.hasPrefix("$'") {
      rest.removeFirst(2)
      return unescapedText(quotedText(&rest))
    }
    guard rest.first == "'" else { return text(&rest, until: " ") }
    rest.removeFirst()
    let word = text(&rest, until: "'")
    _ = rest.popFirst()
    return word
  }

  /// What stands in `$'...'`, with the escapes of ``escapedText(_:)`` left in it.
  private static func quotedText(_ rest: inout Substring) -> String {
    var text = ""
    while let character = rest.popFirst(), character != "'" {
      guard character == "\\", let next = rest.popFirst() else {
        text.append(character)
        continue
      }
      text += next == "'" ? "'" : "\\\(next)"
    }
    return text
  }

  private static func text(_ rest: inout Substring, until end: Character) -> String {
    let text = rest.prefix { $0 != end }
    rest.removeFirst(text.count)
    return String(text)
  }
}
