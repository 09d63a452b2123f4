import CGnuTLS
import SessionTrace
import Testing

@testable import TLSEngine

@Suite("Where plaintext lies in ciphertext")
struct RecordSpanTests {
  private static let lengths = [
    0, 1, 2, 15, 16, 17, 31, 32, 33, 255, 513, 16383, 16384, 16385, 32768, 40000,
  ]

  @Test(
    "Spans cover a flight without gaps, and the other end reads the same text",
    arguments: Priorities.all)
  func spansAreExact(priority: String) throws {
    var pair = try Conversation.established(priority: priority)
    for length in Self.lengths {
      let text = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 7) }
      let flight = try pair.client.seal(text[...]).get()
      expectExact(flight, carries: length)
      #expect(flight.bytes.count == pair.client.sealedLength(ofPlaintext: length))
      pair.serverEvents = []
      pair.toServer(flight.bytes)
      #expect(pair.serverEvents.text == text)
    }
  }

  @Test("With an AEAD the overhead is the same for every length", arguments: Priorities.aead)
  func overheadIsConstant(priority: String) throws {
    let pair = try Conversation.established(priority: priority)
    for length in [1, 2, 513, 16384] {
      let flight = try pair.client.seal([UInt8](repeating: 65, count: length)[...]).get()
      #expect(flight.bytes.count - length == pair.client.recordOverhead)
    }
  }

  @Test("With CBC the overhead is the least that any length has")
  func overheadIsLeast() throws {
    let pair = try Conversation.established(
      priority: Priorities.tls12 + ":-CIPHER-ALL:+AES-128-CBC:-MAC-ALL:+SHA1")
    let least = try (1...64).map { length in
      try pair.client.seal([UInt8](repeating: 65, count: length)[...]).get().bytes.count - length
    }.min()
    #expect(least == pair.client.recordOverhead)
  }

  // Encryption hides where a byte went, so this takes the one cipher that hides nothing.
  @Test("With the NULL cipher the text stands where the spans say")
  func textIsVisible() throws {
    let pair = try Conversation.established(
      priority: Priorities.tls12 + ":-CIPHER-ALL:+NULL:-MAC-ALL:+SHA1")
    let text = (0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
    let flight = try pair.client.seal(text[...]).get()
    #expect(flight.records.count == 2)
    for record in flight.records {
      let place = record.start + record.headerLength
      #expect(
        flight.bytes[place..<place + record.plaintextLength]
          == text[record.plaintextOffset..<record.plaintextOffset + record.plaintextLength])
    }
  }

  @Test(
    "Records carry no more text than was asked for, and together all of it",
    arguments: [(1, 7), (100, 250), (100, 300), (16_384, 40_000), (20_000, 40_000)])
  func recordSize(size: Int, length: Int) throws {
    var client = Samples.client()
    client.recordSize = size
    var pair = try Conversation(client: client, server: Samples.server())
    pair.shakeHands()
    let text = (0..<length).map { UInt8(truncatingIfNeeded: $0) }
    let flight = try pair.client.seal(text[...]).get()
    let most = min(size, 16_384)
    #expect(flight.records.count == (length + most - 1) / most)
    #expect(flight.records.allSatisfy { $0.plaintextLength <= most })
    #expect(flight.bytes.count == pair.client.sealedLength(ofPlaintext: length))
    expectExact(flight, carries: length)
    pair.toServer(flight.bytes)
    #expect(pair.serverEvents.text == text)
  }

  @Test("An answer to a key update stands before the text and carries none of it")
  func keyUpdatePrecedesText() throws {
    var pair = try Conversation.established(priority: Priorities.tls13)
    #expect(
      unsafe gnutls.session_key_update(pair.server.memory.handle, UInt32(GNUTLS_KU_PEER)) == 0)
    pair.toClient(pair.server.memory.takeOutput())
    #expect(pair.clientEvents.failure == nil)
    let text = Array("MAIL FROM:<>\r\n".utf8)
    let flight = try pair.client.seal(text[...]).get()
    #expect(flight.records.map(\.plaintextLength) == [0, text.count])
    expectExact(flight, carries: text.count)
    pair.toServer(flight.bytes)
    #expect(pair.serverEvents.text == text)
  }

  @Test("Before the handshake nothing is sealed")
  func sealingTooEarlyIsAnError() throws {
    let client = try TLSSession(client: Samples.client())
    #expect(throws: TLSError.self) { try client.seal([65]).get() }
    #expect(client.recordOverhead == 0)
    #expect(client.close().bytes.isEmpty)
  }

  private func expectExact(
    _ flight: TLSFlight, carries length: Int, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var offset = 0
    var end = 0
    for record in flight.records {
      #expect(record.start == end, sourceLocation: sourceLocation)
      if record.plaintextLength > 0 {
        #expect(record.plaintextOffset == offset, sourceLocation: sourceLocation)
        #expect(
          record.start + record.headerLength + record.plaintextLength < record.end,
          sourceLocation: sourceLocation)
      }
      end = record.end
      offset += record.plaintextLength
    }
    #expect(end == flight.bytes.count, sourceLocation: sourceLocation)
    #expect(offset == length, sourceLocation: sourceLocation)
  }
}
