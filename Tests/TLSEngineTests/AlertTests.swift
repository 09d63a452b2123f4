import SessionTrace
import TLSEngine
import Testing

@Suite("Alerts")
struct AlertTests {
  @Test(
    "An alert in answer to the ClientHello is named",
    arguments: [
      (UInt8(40), "handshake_failure"), (70, "protocol_version"), (80, "internal_error"),
      (112, "unrecognized_name"), (48, "unknown_ca"), (116, "certificate_required"),
      (200, "alert 200"),
    ])
  func named(number: UInt8, name: String) throws {
    let client = try TLSSession(client: Samples.client())
    _ = client.start()
    #expect(
      client.receive([21, 3, 3, 0, 2, 2, number]) == [
        .failed(
          TLSFailureRecord(
            name: "GNUTLS_E_FATAL_ALERT_RECEIVED", text: "A TLS fatal alert has been received.",
            alert: name))
      ])
  }

  @Test("Warnings before the ServerHello are passed over")
  func warnings() throws {
    let warning: [UInt8] = [21, 3, 3, 0, 2, 1, 112]
    let client = try TLSSession(client: Samples.client(priority: Priorities.tls12))
    let server = try TLSSession(server: Samples.server(priority: Priorities.tls12))
    let hello = client.start().sent
    #expect(client.receive(warning + warning).isEmpty)
    let answer = client.receive(server.receive(hello).sent)
    #expect(answer.failure == nil)
    #expect(!answer.sent.isEmpty)
  }

  @Test("A flood of warnings is not endured")
  func floodOfWarnings() throws {
    let client = try TLSSession(client: Samples.client())
    _ = client.start()
    let flood = [[UInt8]](repeating: [21, 3, 3, 0, 2, 1, 112], count: 1000).flatMap { $0 }
    var actions: [TLSSession.Action] = []
    for _ in 0..<100 where actions.isEmpty { actions = client.receive(flood) }
    #expect(actions.failure != nil)
  }

  @Test(
    "Ends without a common version or cipher tell each other",
    arguments: [
      (Priorities.tls13, Priorities.tls12, "handshake_failure"),
      (Priorities.tls12, Priorities.tls13, "handshake_failure"),
      (
        Priorities.tls12 + ":-CIPHER-ALL:+AES-256-GCM",
        Priorities.tls12 + ":-CIPHER-ALL:+AES-128-GCM", "handshake_failure"
      ),
    ])
  func nothingInCommon(client: String, server: String, alert: String) throws {
    var pair = try Conversation(
      client: Samples.client(priority: client), server: Samples.server(priority: server))
    pair.shakeHands()
    #expect(pair.clientEvents.failure?.alert == alert)
    #expect(pair.serverEvents.failure?.name.hasPrefix("GNUTLS_E_") == true)
    #expect(pair.serverEvents.count == 1)
  }

  @Test("Under TLS 1.3 a certificate that is missing comes to light at the first read")
  func lateAlert() throws {
    var server = try Samples.server(priority: Priorities.tls13)
    server.requireClientCertificate = true
    var pair = try Conversation(client: Samples.client(), server: server)
    pair.shakeHands()
    #expect(pair.clientEvents.count == 2)
    _ = try #require(pair.clientEvents.summary)
    #expect(pair.clientEvents.failure?.alert == "certificate_required")
    #expect(pair.client.lastSummary != nil)
  }

  @Test(
    "A certificate that is asked for but not at hand does no harm",
    arguments: [Priorities.tls12, Priorities.tls13])
  func requestedOnly(priority: String) throws {
    var server = try Samples.server(priority: priority)
    server.requestClientCertificate = true
    var pair = try Conversation(client: Samples.client(), server: server)
    pair.shakeHands()
    #expect(pair.clientEvents.summary != nil)
    #expect(pair.serverEvents.summary?.certificates == [])
  }

  @Test("Without a server's certificate in the client's trust the server hears unknown_ca")
  func unknownAuthority() throws {
    var client = Samples.client()
    client.requireVerified = true
    var pair = try Conversation(client: client, server: Samples.server())
    pair.shakeHands()
    #expect(pair.serverEvents.failure?.alert == "unknown_ca")
  }
}
