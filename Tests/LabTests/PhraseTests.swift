import Testing

@testable import Lab

@Suite("Words of the fixture language")
struct PhraseTests {
  @Test(
    "Times have a unit, and stay within a day",
    arguments: [
      ("250us", 250), ("200ms", 200_000), ("2s", 2_000_000), ("0s", 0), ("86400s", 86_400_000_000),
    ])
  func times(word: String, microseconds: Int64) {
    #expect(time(word) == microseconds)
  }

  @Test(
    "What is no time is none",
    arguments: ["", "s", "ms", "5", "-1s", "1.5s", "86401s", "9223372036854775807s", "2m"])
  func noTimes(word: String) {
    #expect(time(word) == nil)
  }

  @Test(
    "Escapes stand for bytes",
    arguments: [
      (#"a b"#, Array("a b".utf8)), (#"\r\n"#, [13, 10]), (#"\x00\xFF"#, [0, 255]),
      (#"\\x41"#, Array(#"\x41"#.utf8)), (#"\e[2J"#, [27] + Array("[2J".utf8)),
      (#"\0\t\""#, [0, 9, 34]), ("é", [0xC3, 0xA9]), ("", []),
    ])
  func escapes(text: String, bytes: [UInt8]) throws {
    #expect(try unescaped(line(text)) == bytes)
  }

  @Test("A broken escape is an error", arguments: [#"\"#, #"\q"#, #"\x"#, #"\x4"#, #"\xZZ"#])
  func brokenEscapes(text: String) {
    #expect(throws: FixtureError.self) { try unescaped(line(text)) }
  }

  @Test("Commas part phrases, but not inside quotation marks")
  func commas() {
    #expect(commaSeparated(#"send "a, \", b", close"#) == [#"send "a, \", b""#, "close"])
    #expect(commaSeparated("one") == ["one"])
    #expect(commaSeparated("") == [""])
  }

  @Test(
    "Stage directions read as they are written",
    arguments: [
      ("as usual", Direction.asUsual), ("pause 50ms", .pause(50_000)),
      (#"send "\x16\x03""#, .say([22, 3])), ("cut after 1 byte", .shape(.cut(after: 1))),
      ("split after 8 bytes for 100ms", .shape(.split(after: 8, pause: 100_000))),
      ("drip 0 bytes every 1s", .shape(.drip(bytes: 1, every: 1_000_000))),
      ("with bare LF", .shape(.bareLineFeeds)), ("3 times", .shape(.times(3))),
    ])
  func directions(text: String, meaning: Direction) throws {
    #expect(try interpret(line(text), as: "stage direction", by: directionPhrases) == meaning)
  }

  @Test(
    "Conditions read as they are written",
    arguments: [
      (".", Condition.endOfData), ("(connects)", .connects), ("(body byte 40)", .bodyByte(40)),
      ("(body line over 1024 bytes)", .bodyLineOver(1024)),
      (#"(body contains "\0")"#, .bodyContains([0])),
      ("(5s after connecting)", .elapsed(5_000_000)), ("(early talk)", .earlyTalk),
      ("MAIL", .command(CommandPattern(verbs: ["MAIL"]))),
      ("RCPT #2", .command(CommandPattern(verbs: ["RCPT"], occurrence: 2))),
      ("(hello) #1", .command(CommandPattern(verbs: ["EHLO", "HELO", "LHLO"], occurrence: 1))),
      (
        #"(any command) over 512 bytes containing "SIZE=""#,
        .command(CommandPattern(containing: Array("SIZE=".utf8), longerThan: 512))
      ),
    ])
  func conditions(text: String, meaning: Condition) throws {
    #expect(try readCondition(line(text)) == meaning)
  }

  private func line(_ text: String) -> SourceLine {
    SourceLine(file: "test.smtp", number: 1, text: text)
  }
}
