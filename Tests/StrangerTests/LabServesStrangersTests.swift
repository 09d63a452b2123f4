import Glibc
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
    let told = try await ChildProcess.run(
      client.arguments(port: try await port(of: server)), input: Array(client.input.utf8))
    #expect(told.status == 0, "\(told.output)\(told.errors)")
    #expect((told.output + told.errors).contains(client.proof), "\(told.output)\(told.errors)")
  }

  @Test(
    "shows its fault to the clients of others, and logs what they did", arguments: FaultSeen.all)
  func showsItsFault(_ row: FaultSeen) async throws {
    let log = try Scratch([])
    let server = try ChildProcess([
      Binary.path, "lab", "serve", row.client.fixture, "--port", "0", "--log", log.path,
    ])
    let port = try await port(of: server)
    let told = try await ChildProcess.run(
      row.client.arguments(port: port), input: Array(row.client.input.utf8))
    #expect((told.status == 0) == row.endsWell, "\(told.output)\(told.errors)")
    #expect((told.output + told.errors).contains(row.client.proof), "\(told.output)\(told.errors)")
    server.send(signal: SIGTERM)
    #expect(try await server.outcome().status == 0)

    let lines = try log.text().split(separator: "\n")
    var rest = lines[...]
    for end in row.logged {
      let place = rest.firstIndex { $0.hasSuffix(end) }
      #expect(place != nil, "\(end) is not in \(lines.joined(separator: "\n"))")
      if let place { rest = rest[(place + 1)...] }
    }
    for end in row.unlogged {
      #expect(!lines.contains { $0.hasSuffix(end) }, "\(lines.joined(separator: "\n"))")
    }
  }

  /// Where the server listens, once it has said so: "listening 127.0.0.1:40123 healthy".
  private func port(of server: borrowing ChildProcess) async throws -> String {
    let words = try await server.line("listening ").split(separator: " ")
    let address = try #require(words.dropFirst().first)
    return String(try #require(address.split(separator: ":").last))
  }
}
