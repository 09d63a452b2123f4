import Testing

@testable import Lab

/// Fixtures whose fault a client must provoke in ways that smtpprobe does not.
@Suite("Fixtures for other clients")
struct OtherClientsTests {
  @Test(
    "They do what their story says to a client that provokes it",
    arguments: [
      ("dot-quit-pipelining", "DATA\r\nx\r\n.\r\nQUIT\r\n", "354 250"),
      ("reuse-or-rset-failure-421", "DATA\r\nx\r\n.\r\nMAIL FROM:<>\r\n", "354 250 421"),
      ("reuse-or-rset-failure-fin", "DATA\r\nx\r\n.\r\nMAIL FROM:<>\r\n", "354 250"),
      ("reuse-or-rset-failure-rset", "RSET\r\nMAIL FROM:<>\r\n", ""),
      ("dot-transparency-error-bare-lf", "DATA\r\nx\n.\nNOOP\r\n", "354 250 250"),
      ("dot-transparency-error-half-bare", "DATA\r\nx\n.\r\nNOOP\r\n", "354 250 250"),
    ])
  func provoked(name: String, input: String, expected: String) throws {
    let script = try FixtureLibrary.embedded().fixture(named: name).faulty
    var session = ServerSession(script: script)
    _ = session.receive(.connected, now: 0)
    let envelope = Array("HELO c\r\nMAIL FROM:<>\r\nRCPT TO:<a>\r\n".utf8)
    let before = words(session.receive(.bytes(envelope), now: 0)).joined()
    #expect(codes(before) == ["250", "250", "250"])
    let after = words(session.receive(.bytes(Array(input.utf8)), now: 0)).joined()
    #expect(codes(after).joined(separator: " ") == expected)
  }
}
