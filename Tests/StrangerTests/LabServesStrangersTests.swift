import TestSupport
import Testing

/// Clients of other people against the lab: a fixture is a mail server for anybody, not for `smtpprobe` alone.
@Suite("A fixture that is served")
struct LabServesStrangersTests {
  @Test("satisfies the clients of others", arguments: ForeignClient.all)
  func satisfiesClientsOfOthers(_ client: ForeignClient) async throws {
    let server = try ChildProcess([
      Binary.path, "lab", "serve", client.fixture, "--port", "0", "--no-log",
    ])
    // "listening 127.0.0.1:40123 healthy"; no line within ten seconds fails below.
    var words: [Substring] = []
    for _ in 0..<1_000 where words.count < 2 {
      try await Task.sleep(for: .milliseconds(10))
      words = server.output.split { $0 == " " || $0 == "\n" }
    }
    let address = try #require(words.dropFirst().first, "\(server.errors)")
    let port = try #require(address.split(separator: ":").last)

    let told = try ChildProcess.run(
      client.arguments(port: String(port)), input: Array(client.input.utf8))
    #expect(told.status == 0, "\(told.output)\(told.errors)")
    #expect((told.output + told.errors).contains(client.proof), "\(told.output)\(told.errors)")
  }
}
