import Testing

@testable import Lab

@Suite("What a server notices in content")
struct ContentNoticeTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let script: String
    let content: String
    /// What was said behind the 354, without text.
    let expected: String

    init(_ script: String, _ content: String, _ expected: String) {
      self.script = script
      self.content = content
      self.expected = expected
    }

    var testDescription: String { "\(script): \(content)" }
  }

  static let rows: [Row] = [
    Row("C: (body contains a bare LF)\nS: 499 x", "a\r\nb\r\n.\r\n", "250"),
    Row("C: (body contains a bare LF)\nS: 499 x", "a\nb\r\n.\r\n", "499"),
    Row("C: (body contains a bare LF)\nS: 499 x", "\na\r\n.\r\n", "499"),
    Row("C: (body contains a bare LF)\nS: 499 x", "a\n\nb\r\n.\r\n", "499"),
    Row("C: (body contains 8-bit data)\nS: 499 x", "\u{7F}\r\n.\r\n", "250"),
    Row("C: (body contains 8-bit data)\nS: 499 x", "\u{80}\r\n.\r\n", "499"),
    Row("also end data at \"\\n.\\n\"", "a\n.\nNOOP\r\nb\r\n.\r\n", "250 250 500 500"),
    Row("also end data at \"\\n.\\n\"", "a\r\n.\r\nNOOP\r\n", "250 250"),
    Row("also end data at \"\\n.\\n\"", ".\nNOOP\r\n", "250 250"),
    Row("also end data at \"\\r\\n..\"", "..a\r\n", "250 500"),
    Row("also end data at \"\\r\\n..\"", "a..b\r\n.\r\n", "250"),
    Row("also end data at \"b\"\nalso end data at \"a\"", "xab", "250"),
  ]

  @Test("It is noticed wherever a read ends", arguments: rows)
  func noticed(row: Row) {
    let opening = "HELO c\r\nMAIL FROM:<>\r\nRCPT TO:<a>\r\nDATA\r\n"
    let content = Array(row.content.utf8)
    for cut in 0...content.count {
      let play = StagePlay(row.script).play([
        Array(opening.utf8), Array(content[..<cut]), Array(content[cut...]),
      ])
      #expect(codes(play.said).dropFirst(5).joined(separator: " ") == row.expected, "\(cut)")
    }
  }

  @Test("The end of data does not count as content, whichever it is")
  func size() {
    var reader = ContentReader(rules: [], furtherEnds: [Array("\n.\n".utf8)])
    var input = Array("ab\n.\nNOOP".utf8)[...]
    #expect(reader.take(&input) == .end)
    #expect(reader.count == 2 && String(decoding: input, as: UTF8.self) == "NOOP")
    #expect(reader.hasBareLineFeed)
    var empty = ContentReader(rules: [], furtherEnds: [Array("\r\n..".utf8)])
    input = Array("..".utf8)[...]
    #expect(empty.take(&input) == .end && empty.count == 0)
  }

  @Test("Bytes that are none end nothing")
  func noBytes() {
    var parser = ScriptParser()
    #expect(throws: FixtureError.self) {
      try parser.read([SourceLine(file: "x", number: 1, text: "also end data at \"\"")])
    }
  }
}
