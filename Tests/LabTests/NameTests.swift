import Testing

@testable import Lab

/// What a fixture's name server says, as bytes.
@Suite("Names of a fixture")
struct NameTests {
  private static let zone = [
    NameRecord(name: "Example.test.", content: .exchanger(preference: 10, host: "mx.example.test")),
    NameRecord(name: "mx.example.test", content: .address("192.0.2.1")),
    NameRecord(name: "mx.example.test", content: .address("2001:db8::1")),
    NameRecord(name: "alias.test", content: .alias("mx.example.test")),
    NameRecord(name: "dangling.test", content: .alias("gone.test")),
    NameRecord(name: "circle.test", content: .alias("circle.test")),
    NameRecord(name: "null.test", content: .exchanger(preference: 0, host: ".")),
    NameRecord(name: "broken.test", content: .failure),
    NameRecord(name: "mute.test", content: .silence),
  ]

  /// A query with recursion desired, as resolvers ask.
  private func query(_ name: String, _ type: UInt8) -> [UInt8] {
    [0xAB, 0xCD, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]
      + name.split(separator: ".").flatMap { [UInt8($0.utf8.count)] + $0.utf8 } + [
        0, 0, type, 0, 1,
      ]
  }

  @Test(
    "Each question has its code, and as many records",
    arguments: [
      ("example.test", UInt8(15), 0, 1), ("EXAMPLE.test", 15, 0, 1), ("example.test", 1, 0, 0),
      ("mx.example.test", 1, 0, 1), ("mx.example.test", 28, 0, 1), ("mx.example.test", 15, 0, 0),
      ("mx.example.test", 16, 0, 0), ("alias.test", 1, 0, 2), ("alias.test", 5, 0, 1),
      ("dangling.test", 1, 3, 1), ("dangling.test", 5, 0, 1), ("circle.test", 1, 0, 1),
      ("null.test", 15, 0, 1), ("unknown.test", 1, 3, 0), ("broken.test", 1, 2, 0),
    ])
  func answers(name: String, type: UInt8, code: UInt8, records: UInt8) throws {
    let asked = query(name, type)
    let answer = try #require(NameMessage(query: asked)?.answer(from: Self.zone))
    #expect(answer[..<2] == [0xAB, 0xCD])
    #expect(answer[2] == 0x85)
    #expect(answer[3] == code)
    #expect(answer[4..<8] == [0, 1, 0, records])
    #expect(answer[12..<asked.count] == asked[12...])
    #expect((answer.count > asked.count) == (records > 0))
  }

  @Test("A record stands on the wire as RFC 1035 has it")
  func wire() throws {
    let asked = query("example.test", 15)
    let answer = try #require(NameMessage(query: asked)?.answer(from: Self.zone))
    let owner = Array("\u{7}example\u{4}test\0".utf8)
    let data: [UInt8] = [0, 10] + Array("\u{2}mx".utf8) + owner
    #expect(
      Array(answer[asked.count...]) == owner + [0, 15, 0, 1, 0, 0, 0, 0, 0, UInt8(data.count)]
        + data)
  }

  @Test("Who is to stay silent does, and so does everybody at what is no query")
  func silence() {
    #expect(NameMessage(query: query("mute.test", 1))?.answer(from: Self.zone) == nil)
    let whole = query("mx.example.test", 1)
    for cut in whole.indices { #expect(NameMessage(query: Array(whole[..<cut])) == nil) }
    var response = whole
    response[2] |= 0x80
    #expect(NameMessage(query: response) == nil)
  }

  @Test("Any bytes are read without harm")
  func anyBytes() {
    var bytes = query("mx.example.test", 1)
    for index in bytes.indices {
      let kept = bytes[index]
      for value in [UInt8(0), 1, 63, 64, 127, 192, 255] {
        bytes[index] = value
        _ = NameMessage(query: bytes)?.answer(from: Self.zone)
      }
      bytes[index] = kept
    }
    #expect(NameMessage(query: bytes) != nil)
  }

  @Test("A fault overrules what the server's section says of the same name, and nothing else")
  func overruling() throws {
    let fixture = try #require(
      try parseFixtures(
        path: "names/x.smtp",
        text: """
          Title

          Source: nobody.

          Server:
              mail for example.test
              DNS example.test MX 10 a.test
              DNS example.test MX 20 b.test
              DNS example.test A 127.0.0.1
              DNS a.test A 127.0.0.1
              DNS b.test A 127.0.0.1
          Fault:
              DNS Example.test. MX 0 .
              DNS a.test CNAME b.test
          Control: --timeout 1s
              ok
          """
      ).first)
    #expect(fixture.sound.names.records.count == 5)
    #expect(
      fixture.faulty.names.records == [
        NameRecord(name: "example.test", content: .address("127.0.0.1")),
        NameRecord(name: "b.test", content: .address("127.0.0.1")),
        NameRecord(name: "example.test", content: .exchanger(preference: 0, host: ".")),
        NameRecord(name: "a.test", content: .alias("b.test")),
      ])
    #expect(fixture.faulty.names.domain == "example.test")
  }

  @Test(
    "What cannot be said on the wire is an error that names the line",
    arguments: [
      "DNS a..test A 127.0.0.1", "DNS a.test A 127.0.0", "DNS a.test A b.test",
      "DNS a.test MX 65536 b.test", "DNS a.test CNAME b..test", "listen at nowhere",
      "DNS \(String(repeating: "a", count: 64)).test A 127.0.0.1",
    ])
  func unsayable(line: String) {
    var parser = ScriptParser()
    #expect(throws: FixtureError.self) {
      try parser.read([SourceLine(file: "x.smtp", number: 7, text: line)])
    }
  }

  @Test("A rule can tell by which address a client came")
  func connectedTo() {
    for (address, expected) in [("127.0.0.2", "299"), ("127.0.0.1", "220")] {
      var parser = ScriptParser()
      #expect(throws: Never.self) {
        try parser.read([
          SourceLine(
            file: "x.smtp", number: 1, text: "C: (connects) when connected to 127.0.0.2"),
          SourceLine(file: "x.smtp", number: 2, text: "S: 299 x"),
        ])
      }
      var session = ServerSession(script: parser.script, address: address)
      #expect(codes(words(session.receive(.connected, now: 0)).joined()) == [expected])
    }
  }
}
