import SessionTrace
import TLSEngine
import Testing

@Suite("One call, one flight")
struct FlightTests {
  @Test("A server's first flight is one action, whatever GnuTLS pushes", arguments: Priorities.aead)
  func serverFlightIsOne(priority: String) throws {
    let client = try TLSSession(client: Samples.client(priority: priority))
    let server = try TLSSession(server: Samples.server(priority: priority))
    let actions = server.receive(client.start().sent)
    #expect(actions.count == 1)
    guard case .send(let flight) = actions.first else {
      Issue.record("no flight but \(actions)")
      return
    }
    #expect(flight.records.count > 1)
    #expect(flight.records.last?.end == flight.bytes.count)
    #expect(flight.records.allSatisfy { $0.plaintextLength == 0 })
  }

  @Test("The ClientHello is one flight, and its length is in the summary of both ends")
  func clientHelloLength() throws {
    let pair = try Conversation.established()
    let hello = try #require(pair.clientFlights.first)
    #expect(pair.clientEvents.summary?.clientHelloLength == hello.bytes.count)
    #expect(pair.serverEvents.summary?.clientHelloLength == hello.bytes.count)
  }

  @Test("%DUMBFW lifts the ClientHello over the lengths that old firewalls choke on")
  func dumbFirewallPadding() throws {
    let client = try TLSSession(client: Samples.client(priority: "NORMAL:%DUMBFW"))
    #expect(client.start().sent.count >= 512)
  }

  @Test("A certificate can be padded to any length", arguments: [5000, 40_000, 100_000])
  func longCertificate(padding: Int) throws {
    let credentials = try ServerCredentials.selfSigned(
      commonName: "mx.example.com", names: ["mx.example.com"], chainPadding: padding)
    var pair = try Conversation(
      client: Samples.client(), server: ServerConfiguration(credentials: credentials))
    pair.shakeHands()
    _ = try #require(pair.clientEvents.summary)
    let flight = try #require(pair.serverFlights.first)
    #expect(flight.bytes.count >= padding)
    #expect(flight.bytes.count < padding + 4000)
  }
}
