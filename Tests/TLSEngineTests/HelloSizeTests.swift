import SessionTrace
import TLSEngine
import TestSupport
import Testing

@Suite("The size of the ClientHello")
struct HelloSizeTests {
  private static func client(_ size: Int?, name: String = "mx.example.com", priority: String? = nil)
    -> ClientConfiguration
  {
    var client = Samples.client(priority: priority)
    client.serverName = name
    client.helloSize = size
    return client
  }

  /// The hello as it would leave.
  private static func hello(_ client: ClientConfiguration) throws -> TLSFlight {
    let session = try TLSSession(client: client)
    for case .send(let flight) in session.start() { return flight }
    throw TLSError(operation: "say hello", name: "none", text: "nothing was sent")
  }

  @Test(
    "It is what was asked for, and the handshake succeeds",
    arguments: [
      230, 255, 256, 257, 320, 373, 385, 396, 397, 398, 399, 400, 401, 511, 512, 513, 517, 1024,
      1448,
      1449, 4096, 16_384, 16_389, 16_395, 16_400, 32_768, 40_000, 65_000,
    ])
  func exact(size: Int) throws {
    let client = Self.client(size)
    #expect(try Self.hello(client).bytes.count == size)
    var pair = try Conversation(client: client, server: Samples.server())
    pair.shakeHands()
    let summary = try #require(pair.clientEvents.summary)
    #expect(summary.clientHelloLength == size)
    #expect(pair.clientFlights.first?.bytes.count == size)
    #expect(summary.version == "TLS1.3")
    #expect(pair.serverEvents.summary?.serverName == "mx.example.com")
  }

  @Test("Every size from the smallest to one record can be made")
  func everySize() throws {
    for name in ["a.b", "mx.example.com", String(repeating: "long-label.", count: 9) + "example"] {
      let smallest = try Self.client(nil, name: name).smallestHello()
      for size in [Int](smallest...smallest + 300) + [2_000, 16_380, 16_388, 16_389] {
        #expect(try Self.hello(Self.client(size, name: name)).bytes.count == size, "\(name)")
      }
    }
  }

  @Test("Nothing is left out where padding alone does it, and everything left out is told")
  func remarks() throws {
    let usual = try Self.hello(Self.client(nil)).bytes.count
    #expect(try TLSSession(client: Self.client(nil)).helloRemark == nil)
    #expect(try TLSSession(client: Self.client(usual)).helloRemark == nil)
    #expect(try TLSSession(client: Self.client(usual + 5)).helloRemark == nil)
    let between = try TLSSession(client: Self.client(usual + 1)).helloRemark
    #expect(between == "to reach its size the ClientHello leaves out session tickets")
    let small = try #require(try TLSSession(client: Self.client(256)).helloRemark)
    #expect(
      small.hasPrefix("to reach its size the ClientHello leaves out session tickets; all key"))
    #expect(small.contains("X25519 and P-256"))
  }

  @Test("A priority string of the user's own is padded and never replaced")
  func ownPriority() throws {
    let own = Priorities.tls12
    let smallest = try Self.client(nil, priority: own).smallestHello()
    var pair = try Conversation(
      client: Self.client(smallest, priority: own), server: Samples.server())
    pair.shakeHands()
    #expect(pair.clientEvents.summary?.version == "TLS1.2")
    #expect(pair.clientEvents.summary?.clientHelloLength == smallest)
    #expect(throws: TLSError.self) {
      try TLSSession(client: Self.client(200, priority: Priorities.tls13))
    }
  }

  @Test("A size that cannot be made is refused before anything is sent, with those that can")
  func refused() throws {
    let smallest = try Self.client(nil).smallestHello() - 5
    for (size, text) in [
      (1, "the smallest has \(smallest) bytes"),
      (smallest - 1, "the smallest has \(smallest) bytes"),
      (smallest + 1, "padding cannot reach it; \(smallest) and \(smallest + 5) can be made"),
      (16_392, "padding cannot reach it; 16389 and 16395 can be made"),
      (65_001, "the greatest has 65000"),
    ] {
      let error = #expect(throws: TLSError.self) { try TLSSession(client: Self.client(size)) }
      #expect(error?.operation == "make a ClientHello of \(size) bytes")
      #expect(error?.text == text)
    }
    #expect(try Self.hello(Self.client(smallest)).bytes.count == smallest)
  }

  @Test("The padding is zeros in the extension that RFC 7685 gives it")
  func isPadding() throws {
    let usual = try Self.hello(Self.client(nil)).bytes.count
    let bytes = try Self.hello(Self.client(usual + 4 + 100)).bytes
    let padding = [0, 21, 0, 100] + [UInt8](repeating: 0, count: 100)
    #expect(bytes.firstRange(of: padding) != nil)
  }
}
