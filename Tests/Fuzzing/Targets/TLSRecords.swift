import SessionTrace
@testable import TLSEngine

extension FuzzTarget {
  /// Ciphertext: raw, in the place of a flight of the handshake, or in a record behind it.
  ///
  /// The first byte chooses the place, and who is attacked; the second the version.
  static let tls = FuzzTarget(name: "tls") { input in
    var choices = Choices(input)
    let place = choices.byte()
    guard let client = try? TLSSession(client: client(choices.byte())),
      let credentials, let server = try? TLSSession(server: .init(credentials: credentials))
    else { fatalError("no TLS here") }
    var link = TLSLink(client: client, server: server, victimIsClient: place & 1 == 0)
    let attack = Array(choices.rest)
    let spans = RecordSpan.scan(attack)
    require(spans.allSatisfy { $0.start < $0.end && $0.end <= attack.count }, "\(spans)")
    // Nothing of the other end, half of the handshake, or all of it comes before.
    link.shakeHands(flights: [0, 1, 2, 3, 8][place / 2 % 5])
    if place & 0x10 != 0 {
      link.strike(flipping: attack)
    } else {
      var rest = attack[...]
      while let length = rest.popFirst() {
        link.strike(Array(rest.prefix(Int(length))))
        rest = rest.dropFirst(Int(length))
      }
    }
    link.end()
  }

  private static let credentials = try? ServerCredentials.selfSigned(
    commonName: "mx.example.com", names: ["mx.example.com"])

  private static func client(_ version: Int) -> ClientConfiguration {
    ClientConfiguration(
      serverName: "mx.example.com", verifyName: "mx.example.com",
      priority: version & 1 == 0 ? nil : "NORMAL:-VERS-ALL:+VERS-TLS1.2", loadSystemTrust: false)
  }
}

/// Two ends in memory, between which somebody stands.
private struct TLSLink {
  let client: TLSSession
  let server: TLSSession
  let victimIsClient: Bool
  private var isBroken = false

  init(client: TLSSession, server: TLSSession, victimIsClient: Bool) {
    self.client = client
    self.server = server
    self.victimIsClient = victimIsClient
  }

  private var victim: TLSSession { victimIsClient ? client : server }

  /// Hands over so many flights.
  mutating func shakeHands(flights: Int) {
    var isToServer = true
    var flight = sent(server.start()) + sent(client.start())
    for _ in 0..<flights where !flight.isEmpty {
      flight = sent((isToServer ? server : client).receive(flight))
      isToServer.toggle()
    }
  }

  /// Gives the victim bytes that nobody sent.
  mutating func strike(_ bytes: [UInt8]) { check(victim.receive(bytes)) }

  /// Gives the victim what the other end says, with bits turned as `mask` has them.
  mutating func strike(flipping mask: [UInt8]) {
    let other = victimIsClient ? server : client
    guard case .success(let flight) = other.seal(Array("250 ok\r\n".utf8)[...]) else { return }
    var bytes = flight.bytes
    for (index, byte) in mask.enumerated() where !bytes.isEmpty {
      bytes[index % bytes.count] ^= byte
    }
    strike(bytes)
  }

  /// The stream ends, and whatever was said, the session can be closed.
  mutating func end() {
    check(victim.endOfStream())
    require(victim.endOfStream().isEmpty, "a stream that ends twice")
    _ = victim.close()
  }

  private mutating func check(_ actions: [TLSSession.Action]) {
    for action in actions {
      require(!isBroken, "\(action) behind the end")
      switch action {
      case .failed(let record):
        isBroken = true
        let words = [record.name, record.text, record.alert ?? "", record.firstBytes ?? ""]
        require(words.allSatisfy { isPlain($0.utf8) }, "\(words)")
      case .closed(let clean): isBroken = !clean
      case .send, .established, .plaintext: break
      }
    }
  }

  private func sent(_ actions: [TLSSession.Action]) -> [UInt8] {
    actions.flatMap { action -> [UInt8] in
      if case .send(let flight) = action { flight.bytes } else { [] }
    }
  }
}
