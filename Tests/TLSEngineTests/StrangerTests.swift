import SessionTrace
import TLSEngine
import Testing

@Suite("A peer that does not speak TLS")
struct StrangerTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var bytes: [UInt8]
    var shown: String
    var testDescription: String { shown }

    init(_ text: String, shown: String) {
      bytes = Array(text.utf8)
      self.shown = shown
    }

    init(_ bytes: [UInt8], shown: String) {
      self.bytes = bytes
      self.shown = shown
    }
  }

  static let rows = [
    Row("HTTP/1.0 400 Bad Request\r\n", shown: "HTTP/1.0 400 Bad"),
    Row("500 no\r\n", shown: "500 no\\r\\n"),
    Row("\r\n", shown: "\\r\\n"),
    Row([0], shown: "\\x00"),
    Row([0x80, 0x2E, 1, 0, 2], shown: "\\x80.\\x01\\x00\\x02"),
    Row([0x17, 3, 3, 0, 1, 65], shown: "\\x17\\x03\\x03\\x00\\x01A"),
    Row([0x16, 2, 0, 0, 1], shown: "\\x16\\x02\\x00\\x00\\x01"),
    Row([0x16, 3, 5, 0, 1], shown: "\\x16\\x03\\x05\\x00\\x01"),
    Row([0x16, 3, 3, 0x49, 0], shown: "\\x16\\x03\\x03I\\x00"),
  ]

  @Test(
    "Bytes that are no TLS record fail at once, with the bytes and without an alert",
    arguments: rows)
  func noTLS(row: Row) throws {
    let client = try TLSSession(client: Samples.client())
    _ = client.start()
    let actions = client.receive(row.bytes)
    #expect(
      actions == [
        .failed(
          TLSFailureRecord(
            name: "not_tls", text: "What came is no TLS record.", firstBytes: row.shown))
      ])
    #expect(client.receive(row.bytes).isEmpty)
    #expect(client.endOfStream().isEmpty)
    #expect(!client.isEstablished)
  }

  @Test("Byte by byte it is the first wrong byte that tells", arguments: rows)
  func noTLSByteByByte(row: Row) throws {
    let client = try TLSSession(client: Samples.client())
    _ = client.start()
    let actions = row.bytes.flatMap { client.receive([$0]) }
    let record = try #require(actions.failure)
    #expect(actions.count == 1)
    #expect(record.name == "not_tls")
    #expect(row.shown.hasPrefix(try #require(record.firstBytes)))
  }

  @Test("A server shows what came instead of a ClientHello")
  func serverSeesClearText() throws {
    let server = try TLSSession(server: Samples.server())
    #expect(server.start().isEmpty)
    #expect(server.receive(Array("EHLO x\r\n".utf8)).failure?.firstBytes == "EHLO x\\r\\n")
  }

  @Test("Garbage behind a plausible header fails in GnuTLS's words, and the bytes are shown")
  func plausibleHeader() throws {
    let client = try TLSSession(client: Samples.client())
    _ = client.start()
    let actions = client.receive([22, 3, 3, 0, 8, 99, 0, 0, 4, 65, 65, 65, 65])
    #expect(actions.sent == [21, 3, 3, 0, 2, 2, 10])
    #expect(
      actions.last
        == .failed(
          TLSFailureRecord(
            name: "GNUTLS_E_UNEXPECTED_HANDSHAKE_PACKET",
            text: "An unexpected TLS handshake packet was received.",
            firstBytes: "\\x16\\x03\\x03\\x00\\x08c\\x00\\x00\\x04AAAA")))
  }

  @Test("What came before a premature end is shown as long as it made no sense")
  func prematureEnd() throws {
    let client = try TLSSession(client: Samples.client())
    _ = client.start()
    #expect(client.receive([22, 3, 3]).isEmpty)
    #expect(client.endOfStream().failure?.firstBytes == "\\x16\\x03\\x03")
    let silent = try TLSSession(client: Samples.client())
    _ = silent.start()
    let record = try #require(silent.endOfStream().failure)
    #expect(record.name == "GNUTLS_E_PREMATURE_TERMINATION")
    #expect(record.firstBytes == nil)
  }

  @Test("A message without end is not endured")
  func endlessMessage() throws {
    let client = try TLSSession(client: Samples.client())
    _ = client.start()
    // A ServerHello that claims 16 MiB, in records of the largest size.
    let record: [UInt8] = [22, 3, 3, 0x40, 0] + [UInt8](repeating: 0, count: 16384)
    var first = record
    first.replaceSubrange(5..<9, with: [2, 255, 255, 255])
    var actions = client.receive(first)
    var received = first.count
    while actions.isEmpty, received < 1 << 20 {
      actions = client.receive(record)
      received += record.count
    }
    #expect(actions.failure != nil)
    #expect(received <= 300_000)
  }

  @Test("Random bytes end the session and nothing else", arguments: 1...200)
  func randomBytes(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let client = try TLSSession(client: Samples.client())
    _ = client.start()
    let header: [UInt8] = seed.isMultiple(of: 2) ? [22, 3, 3, 0, 64] : []
    let bytes = header + (0..<4096).map { _ in UInt8.random(in: 0...255, using: &random) }
    var actions = client.receive(bytes)
    actions += client.endOfStream()
    #expect(actions.failure != nil)
    #expect(actions.summary == nil)
  }

  @Test("A server flight with one byte changed never establishes a session", arguments: 1...200)
  func damagedFlight(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let priority = seed.isMultiple(of: 2) ? Priorities.tls12 : Priorities.tls13
    let client = try TLSSession(client: Samples.client(priority: priority))
    let server = try TLSSession(server: Samples.server(priority: priority))
    var flight = server.receive(client.start().sent).sent
    let place = Int.random(in: flight.indices, using: &random)
    flight[place] ^= UInt8.random(in: 1...255, using: &random)
    var actions = client.receive(flight)
    actions += server.receive(actions.sent)
    actions += client.receive(actions.sent)
    actions += client.endOfStream()
    #expect(actions.summary == nil)
    #expect(actions.failure != nil)
  }
}
