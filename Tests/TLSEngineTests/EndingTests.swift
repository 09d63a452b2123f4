import CGnuTLS
import SessionTrace
import Testing

@testable import TLSEngine

@Suite("How a session ends")
struct EndingTests {
  @Test("close_notify is a clean end, and the other direction stays open")
  func cleanEnd() throws {
    var pair = try Conversation.established()
    pair.toClient(pair.server.close().bytes)
    #expect(pair.clientEvents.last == .closed(clean: true))
    #expect(pair.client.isEstablished)
    #expect(!pair.server.isEstablished)
    pair.toServer(try pair.client.seal(Array("QUIT\r\n".utf8)[...]).get().bytes)
    #expect(pair.serverEvents.text == Array("QUIT\r\n".utf8))
    pair.toServer(pair.client.close().bytes)
    #expect(pair.serverEvents.last == .closed(clean: true))
    #expect(pair.client.endOfStream().isEmpty)
  }

  @Test("close_notify is said once")
  func closeOnce() throws {
    let pair = try Conversation.established()
    #expect(pair.client.close().records.count == 1)
    #expect(pair.client.close().bytes.isEmpty)
    #expect(throws: TLSError.self) { try pair.client.seal([65]).get() }
  }

  @Test("Text and close_notify in one read come in that order")
  func textThenClose() throws {
    var pair = try Conversation.established()
    pair.clientEvents = []
    let text = Array("221 bye\r\n".utf8)
    pair.toClient(try pair.server.seal(text[...]).get().bytes + pair.server.close().bytes)
    #expect(pair.clientEvents == [.plaintext(text), .closed(clean: true)])
  }

  @Test("A bare end of stream is a cut, told once")
  func bareEnd() throws {
    let pair = try Conversation.established()
    #expect(pair.client.endOfStream() == [.closed(clean: false)])
    #expect(pair.client.endOfStream().isEmpty)
    #expect(!pair.client.isEstablished)
  }

  @Test("An end of stream inside a record is a cut")
  func endInsideRecord() throws {
    let pair = try Conversation.established()
    let flight = try pair.server.seal([65, 66, 67]).get()
    #expect(pair.client.receive(Array(flight.bytes.dropLast())).isEmpty)
    #expect(pair.client.endOfStream() == [.closed(clean: false)])
  }

  @Test("An end of stream at any byte of the handshake is premature")
  func endInHandshake() throws {
    let server = try TLSSession(server: Samples.server())
    let probe = try TLSSession(client: Samples.client())
    let flight = server.receive(probe.start().sent).sent
    for cut in stride(from: 0, to: flight.count, by: 7) {
      let client = try TLSSession(client: Samples.client())
      let server = try TLSSession(server: Samples.server())
      let answer = server.receive(client.start().sent).sent
      #expect(client.receive(Array(answer.prefix(min(cut, answer.count - 1)))).failure == nil)
      #expect(client.endOfStream().failure?.name == "GNUTLS_E_PREMATURE_TERMINATION")
    }
  }

  @Test(
    "A damaged record is answered by bad_record_mac and ends the session",
    arguments: Priorities.aead)
  func damagedRecord(priority: String) throws {
    var pair = try Conversation.established(priority: priority)
    let whole = Array("250 ok\r\n".utf8)
    var flight = try pair.server.seal(whole[...]).get().bytes
    flight += try pair.server.seal(whole[...]).get().bytes
    flight[flight.count - 1] ^= 1
    pair.clientEvents = []
    pair.toClient(flight)
    #expect(pair.clientEvents.text == whole)
    #expect(pair.clientEvents.failure?.name == "GNUTLS_E_DECRYPTION_FAILED")
    #expect(pair.serverEvents.failure?.alert == "bad_record_mac")
  }

  @Test("A request to renegotiate is declined and text goes on")
  func renegotiation() throws {
    var pair = try Conversation.established(priority: Priorities.tls12)
    pair.clientEvents = []
    _ = unsafe gnutls.rehandshake(pair.server.memory.handle)
    let text = Array("250 ok\r\n".utf8)
    pair.toClient(pair.server.memory.takeOutput())
    #expect(pair.clientEvents.isEmpty)
    #expect(pair.clientFlights.last?.records.count == 1)
    #expect(pair.serverEvents.failure == nil)
    pair.toClient(try pair.server.seal(text[...]).get().bytes)
    #expect(pair.clientEvents == [.plaintext(text)])
  }
}
