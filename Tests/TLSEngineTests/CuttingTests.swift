import CGnuTLS
import SessionTrace
import Testing

@testable import TLSEngine

@Suite("Ciphertext may be cut anywhere")
struct CuttingTests {
  private static let greeting = Array("220 mx.example.com ESMTP\r\n".utf8)
  private static let command = Array("EHLO probe.example.org\r\n".utf8)

  @Test("A session fed byte by byte is the same session", arguments: Priorities.all)
  func byteByByte(priority: String) throws {
    try expectSameSession(priority: priority) { bytes in bytes.map { [$0] } }
  }

  @Test("A session cut at random is the same session", arguments: 1...40)
  func randomCuts(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    try expectSameSession(priority: Priorities.all[seed % Priorities.all.count]) { bytes in
      var pieces: [[UInt8]] = []
      var rest = bytes[...]
      while !rest.isEmpty {
        let piece = rest.prefix(Int.random(in: 1...200, using: &random))
        pieces.append(Array(piece))
        rest = rest.dropFirst(piece.count)
      }
      return pieces
    }
  }

  @Test("A flight of text cut in two at every byte reads the same")
  func everyCutOfText() throws {
    var pair = try Conversation.established()
    for cut in 0...Self.greeting.count + pair.server.recordOverhead {
      let flight = try pair.server.seal(Self.greeting[...]).get()
      pair.clientEvents = []
      pair.toClient(Array(flight.bytes.prefix(cut)))
      pair.toClient(Array(flight.bytes.dropFirst(cut)))
      #expect(pair.clientEvents == [.plaintext(Self.greeting)])
    }
  }

  @Test("Text right behind the last message of the handshake comes after the summary")
  func textBehindHandshake() throws {
    var pair = try Conversation(
      client: Samples.client(priority: Priorities.tls13),
      server: Samples.server(priority: Priorities.tls13))
    let hello = pair.client.start().sent
    let answer = pair.client.receive(pair.server.receive(hello).sent)
    let finished = answer.sent + (try pair.client.seal(Self.command[...]).get().bytes)
    pair.handle(pair.server.receive(finished), by: .server)
    #expect(pair.serverEvents.count == 2)
    #expect(pair.serverEvents.first == pair.serverEvents.summary.map { .established($0) })
    #expect(pair.serverEvents.last == .plaintext(Self.command))
  }

  @Test("Session tickets are taken in silence, also with text right behind them")
  func ticketsAreSilent() throws {
    var server = try Samples.server(priority: Priorities.tls13)
    server.sendsTickets = true
    let ends = try Conversation(client: Samples.client(), server: server)
    let answer = ends.client.receive(ends.server.receive(ends.client.start().sent).sent)
    #expect(answer.summary != nil)
    #expect(ends.server.receive(answer.sent).summary != nil)
    #expect(unsafe gnutls.session_ticket_send(ends.server.memory.handle, 2, 0) == 0)
    let tickets = ends.server.memory.takeOutput()
    #expect(!tickets.isEmpty)
    let text = try ends.server.seal(Self.greeting[...]).get().bytes
    #expect(ends.client.receive(tickets + text) == [.plaintext(Self.greeting)])
  }

  @Test("A large body arrives whole")
  func largeBody() throws {
    var pair = try Conversation.established()
    let body = (0..<4 << 20).map { UInt8(truncatingIfNeeded: $0 &* 13 &+ $0 >> 9) }
    pair.toServer(try pair.client.seal(body[...]).get().bytes)
    #expect(pair.serverEvents.text == body)
  }

  @Test("A record of padding alone is no end of stream")
  func emptyRecord() throws {
    var pair = try Conversation.established(priority: Priorities.tls13)
    pair.clientEvents = []
    let nothing: [UInt8] = [0]
    #expect(unsafe gnutls.record_send2(pair.server.memory.handle, nothing, 0, 16, 0) == 0)
    let record = pair.server.memory.takeOutput()
    #expect(!record.isEmpty)
    let text = try pair.server.seal(Self.greeting[...]).get().bytes
    pair.toClient(record + text)
    #expect(pair.clientEvents == [.plaintext(Self.greeting)])
  }

  private func expectSameSession(
    priority: String, cut: @escaping ([UInt8]) -> [[UInt8]]
  ) throws {
    var pair = try Conversation(
      client: Samples.client(priority: priority), server: Samples.server(priority: priority),
      cut: cut)
    pair.shakeHands()
    let whole = try Conversation.established(priority: priority)
    let summary = try #require(pair.clientEvents.summary)
    #expect(summary == whole.clientEvents.summary)
    #expect(pair.clientFlights.count == whole.clientFlights.count)
    pair.toClient(try pair.server.seal(Self.greeting[...]).get().bytes)
    pair.toServer(try pair.client.seal(Self.command[...]).get().bytes)
    #expect(pair.clientEvents.text == Self.greeting)
    #expect(pair.serverEvents.text == Self.command)
    pair.toClient(pair.server.close().bytes)
    #expect(pair.clientEvents.last == .closed(clean: true))
  }
}
