import SessionTrace
import TLSEngine
import Testing

/// A client and a server session joined by memory, with every flight cut as the test wants it.
///
/// No thread and no clock: whoever has bytes for the other hands them over until nobody has.
struct Conversation {
  let client: TLSSession
  let server: TLSSession
  /// Everything either end reported beside flights, in order.
  var clientEvents: [TLSSession.Action] = []
  var serverEvents: [TLSSession.Action] = []
  /// Flights as they were handed out, before any cut.
  var clientFlights: [TLSFlight] = []
  var serverFlights: [TLSFlight] = []
  /// Splits a flight into the pieces that arrive.
  var cut: ([UInt8]) -> [[UInt8]]

  init(
    client: ClientConfiguration, server: ServerConfiguration,
    cut: @escaping ([UInt8]) -> [[UInt8]] = { bytes in [bytes] }
  ) throws(TLSError) {
    self.client = try TLSSession(client: client)
    self.server = try TLSSession(server: server)
    self.cut = cut
  }

  /// Two ends that agreed on the cipher of `priority` and have sent nothing else yet.
  static func established(priority: String? = nil) throws -> Conversation {
    var pair = try Conversation(
      client: Samples.client(priority: priority), server: Samples.server(priority: priority))
    pair.shakeHands()
    _ = try #require(pair.clientEvents.summary)
    _ = try #require(pair.serverEvents.summary)
    return pair
  }

  /// Runs the handshake, and whatever follows it of itself.
  mutating func shakeHands() {
    handle(server.start(), by: .server)
    handle(client.start(), by: .client)
  }

  /// Gives ciphertext to the server.
  mutating func toServer(_ bytes: [UInt8]) {
    for piece in cut(bytes) { handle(server.receive(piece), by: .server) }
  }

  /// Gives ciphertext to the client.
  mutating func toClient(_ bytes: [UInt8]) {
    for piece in cut(bytes) { handle(client.receive(piece), by: .client) }
  }

  /// Which end acted.
  enum End { case client, server }

  /// Carries out what a session asked for.
  mutating func handle(_ actions: [TLSSession.Action], by end: End) {
    for action in actions {
      switch (action, end) {
      case (.send(let flight), .client):
        clientFlights.append(flight)
        toServer(flight.bytes)
      case (.send(let flight), .server):
        serverFlights.append(flight)
        toClient(flight.bytes)
      case (_, .client): clientEvents.append(action)
      case (_, .server): serverEvents.append(action)
      }
    }
  }
}

extension [TLSSession.Action] {
  /// What was read, all of it.
  var text: [UInt8] {
    flatMap { action -> [UInt8] in
      if case .plaintext(let bytes) = action { return bytes }
      return []
    }
  }

  /// The summary, when the handshake was completed.
  var summary: TLSSummary? {
    for case .established(let summary) in self { return summary }
    return nil
  }

  /// The failure, when there was one.
  var failure: TLSFailureRecord? {
    for case .failed(let record) in self { return record }
    return nil
  }

  /// What was to be sent, all of it.
  var sent: [UInt8] {
    flatMap { action -> [UInt8] in
      if case .send(let flight) = action { return flight.bytes }
      return []
    }
  }
}
