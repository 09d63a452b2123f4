import SessionTrace

/// A word of a phrase, or bytes in quotation marks.
enum PhraseToken: Equatable, Sendable {
  case word(String)
  case text([UInt8])

  /// As the author wrote it, for phrases that keep the rest of a line.
  var written: String {
    switch self {
    case .word(let word): word
    case .text(let bytes): "\"" + escapedText(bytes) + "\""
    }
  }
}

/// Cuts a line at its spaces; quotation marks keep spaces and allow the escapes of ``unescaped(_:)``.
func phraseTokens(_ line: SourceLine) throws(FixtureError) -> [PhraseToken] {
  var tokens: [PhraseToken] = []
  var rest = line.text[...]
  while let first = rest.first {
    if first == " " || first == "\t" {
      rest.removeFirst()
    } else if first == "\"" {
      guard let end = closingQuote(in: rest) else {
        throw line.error("a quotation mark is not closed", mend: "add the missing \"")
      }
      tokens.append(
        .text(try unescaped(line.with(exactText: rest[rest.index(after: rest.startIndex)..<end]))))
      rest = rest[rest.index(after: end)...]
    } else {
      let end = rest.firstIndex { $0 == " " || $0 == "\t" } ?? rest.endIndex
      tokens.append(.word(String(rest[..<end])))
      rest = rest[end...]
    }
  }
  return tokens
}

/// The parts of a line that commas set apart; each must say something.
func phrases(apartByCommas line: SourceLine) throws(FixtureError) -> [SourceLine] {
  let parts = commaSeparated(line.text)
  guard parts.count == 1 || !parts.contains("") else {
    throw line.error(
      "nothing stands before or behind a comma in \"\(line.text)\"", mend: "take the comma out")
  }
  return parts.map { line.with(text: $0) }
}

/// Cuts at commas that are not inside quotation marks.
func commaSeparated(_ text: String) -> [String] {
  var parts = [""]
  var isQuoted = false
  var isEscaped = false
  for character in text {
    if character == "\"", !isEscaped { isQuoted.toggle() }
    isEscaped = character == "\\" && !isEscaped
    if character == ",", !isQuoted {
      parts.append("")
    } else {
      parts[parts.count - 1].append(character)
    }
  }
  return parts.map(\.trimmed)
}

/// The bytes a text stands for: `\r \n \t \0 \e \\ \" \xNN`, everything else as UTF-8.
func unescaped(_ line: SourceLine) throws(FixtureError) -> [UInt8] {
  let known = ["\\r", "\\n", "\\t", "\\0", "\\e", "\\\\", "\\\"", "\\xNN"]
  var bytes: [UInt8] = []
  var rest = Array(line.text.utf8)[...]
  while let byte = rest.popFirst() {
    guard byte == UInt8(ascii: "\\") else {
      bytes.append(byte)
      continue
    }
    switch rest.popFirst() {
    case UInt8(ascii: "r"): bytes.append(13)
    case UInt8(ascii: "n"): bytes.append(10)
    case UInt8(ascii: "t"): bytes.append(9)
    case UInt8(ascii: "0"): bytes.append(0)
    case UInt8(ascii: "e"): bytes.append(27)
    case UInt8(ascii: "\\"): bytes.append(UInt8(ascii: "\\"))
    case UInt8(ascii: "\""): bytes.append(UInt8(ascii: "\""))
    case UInt8(ascii: "x"):
      guard rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      else { throw line.error("\\x wants two hexadecimal digits", known: known) }
      bytes.append(value)
      rest = rest.dropFirst(2)
    default:
      throw line.error(
        "I do not know this escape in \"\(line.text)\"", known: known,
        mend: "write a backslash as \\\\")
    }
  }
  return bytes
}

private func closingQuote(in text: Substring) -> Substring.Index? {
  var isEscaped = false
  for index in text.indices.dropFirst() {
    if text[index] == "\"", !isEscaped { return index }
    isEscaped = text[index] == "\\" && !isEscaped
  }
  return nil
}

extension SourceLine {
  /// The same place with other text, spaces kept.
  fileprivate func with(exactText text: Substring) -> SourceLine {
    SourceLine(file: file, number: number, text: String(text))
  }
}
