import Testing

@testable import Lab

@Suite("Provisos, and chance")
struct ProvisoTests {
  @Test(
    "A rule with a proviso acts only when it holds",
    arguments: [
      ("C: NOOP when under TLS\nS: 299 x", "NOOP\r\n", "220 250"),
      ("C: NOOP #2 when chance has it 0 in 5\nS: 299 x", "NOOP\r\nNOOP\r\n", "220 250 250"),
      ("C: NOOP #2 when chance has it 5 in 5\nS: 299 x", "NOOP\r\nNOOP\r\n", "220 250 299"),
      (
        "C: NOOP containing \" when \" when chance has it 1 in 1\nS: 299 x", "NOOP a when b\r\n",
        "220 299"
      ),
      ("C: (connects) when chance has it 1 in 1\nS: 299 x", "", "299"),
      ("C: (connects) when under TLS\nS: 299 x", "", "220"),
      ("C: NOOP when on connection 1\nS: 299 x", "NOOP\r\n", "220 299"),
      ("C: NOOP when on connection 2\nS: 299 x", "NOOP\r\n", "220 250"),
      (
        "C: . when the content is over 4 bytes\nS: 299 x", message("abc"), "220 250 250 250 354 299"
      ),
      (
        "C: . when the content is over 5 bytes\nS: 299 x", message("abc"), "220 250 250 250 354 250"
      ),
      (
        "C: . when the content held a bare LF\nS: 299 x", message("a\nc"), "220 250 250 250 354 299"
      ),
      ("C: . when the content held a bare LF\nS: 299 x", message("a"), "220 250 250 250 354 250"),
      (
        "C: DATA when the sender is empty\nS: 299 x",
        "EHLO a\r\nMAIL FROM:<>\r\nRCPT TO:<b@c>\r\nDATA\r\n", "220 250 250 250 299"
      ),
      (
        "C: RCPT when the sender is empty\nS: 299 x",
        "EHLO a\r\nMAIL FROM:<x@y>\r\nRCPT TO:<>\r\n", "220 250 250 250"
      ),
      (
        "C: RCPT when over 1 recipient were taken\nS: 299 x",
        "EHLO a\r\nMAIL FROM:<>\r\n" + String(repeating: "RCPT TO:<b@c>\r\n", count: 3),
        "220 250 250 250 250 299"
      ),
      ("C: (body byte 2) when under TLS\nS: 299 x", message("abc"), "220 250 250 250 354 250"),
      (
        "C: . when the content is over 1 bytes, the content held a bare LF\nS: 299 x",
        message("abc"), "220 250 250 250 354 250"
      ),
    ])
  func holds(script: String, input: String, expected: String) {
    let whole = StagePlay(
      "do not offer PIPELINING\ndo not offer SIZE\n"
        + "do not offer 8BITMIME\ndo not offer ENHANCEDSTATUSCODES\n" + script)
    #expect(codes(whole.play([Array(input.utf8)]).said).joined(separator: " ") == expected)
  }

  @Test("Under TLS, the handshake is over")
  func underTLS() {
    var session = StagePlay("offer STARTTLS\nC: NOOP when under TLS\nS: 299 x").session
    _ = session.receive(.connected, now: 0)
    #expect(words(session.receive(.bytes(Array("NOOP\r\n".utf8)), now: 0)).first?.first == "2")
    _ = session.receive(.bytes(Array("STARTTLS\r\n".utf8)), now: 0)
    _ = session.receive(.secured, now: 0)
    #expect(words(session.receive(.bytes(Array("NOOP\r\n".utf8)), now: 0)) == ["299 x\r\n"])
  }

  @Test("What is no proviso is an error with the words that are")
  func unknown() {
    let line = SourceLine(file: "x/y.smtp", number: 7, text: "RCPT when under TSL")
    #expect {
      try readGuardedCondition(line)
    } throws: { error in
      let error = error as? FixtureError
      return error?.line == 7 && error?.known == provisoPhrases.map(\.pattern)
        && error?.mend == "did you mean \"under TLS\"?"
    }
  }

  @Test("The same seed and connection have the same luck, others have other")
  func sameLuck() {
    #expect(draws(seed: 7, connection: 1) == draws(seed: 7, connection: 1))
    #expect(draws(seed: 7, connection: 1) != draws(seed: 7, connection: 2))
    #expect(draws(seed: 7, connection: 1) != draws(seed: 8, connection: 1))
    #expect(draws(seed: .min, connection: .max).count == 3000)
  }

  @Test("One time in three is a third of the times", arguments: 0..<20)
  func frequency(seed: Int) {
    let share = draws(seed: seed, connection: 1).count { $0 }
    #expect((880...1120).contains(share))
    // So it is for the first draws of many connections, which is what a client meets.
    let first = (1...3000).count { draws(seed: seed, connection: $0, count: 1) == [true] }
    #expect((880...1120).contains(first))
  }

  private func draws(seed: Int, connection: Int, count: Int = 3000) -> [Bool] {
    var chance = Chance(seed: seed, connection: connection)
    return (0..<count).map { _ in chance.draw(1, in: 3) }
  }
}

/// A whole transaction whose content is this line.
private func message(_ line: String) -> String {
  "HELO c\r\nMAIL FROM:<>\r\nRCPT TO:<a>\r\nDATA\r\n\(line)\r\n.\r\n"
}
