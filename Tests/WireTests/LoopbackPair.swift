import SessionOptions
import SessionTrace
import Testing
@testable import Wire

/// A client and the connection that a listener accepted from it, on one loop.
final class LoopbackPair {
  static let anyPort = Endpoint.ip(address: "127.0.0.1", port: 0)

  let loop: EventLoop
  let listener: Listener
  let client: StreamSocket
  let server: StreamSocket

  init(
    to endpoint: Endpoint = anyPort, options: SocketOptions = SocketOptions(),
    serverReceiveBuffer: Int? = nil, fastOpenQueue: Int? = nil
  ) throws {
    loop = try EventLoop()
    listener = try Listener(
      loop: loop, endpoint: endpoint, receiveBuffer: serverReceiveBuffer,
      fastOpenQueue: fastOpenQueue)
    client = StreamSocket(loop: loop)
    var accepted: StreamSocket?
    listener.onAccept = { accepted = $0 }
    var progress = client.connect(to: listener.endpoint, options: options)
    client.onReady = { [client] _ in progress = client.finishConnecting() }
    try loop.run(atMost: .seconds(20)) {
      progress == .connected ? accepted != nil : progress != .inProgress
    }
    client.onReady = nil
    try #require(progress == .connected)
    server = try #require(accepted)
  }

  /// Reads what comes until so many bytes are there.
  func read(_ count: Int, from socket: StreamSocket) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try loop.run(atMost: .seconds(20)) {
      while bytes.count < count, case .bytes(let some, _) = socket.read() { bytes += some }
      return bytes.count >= count
    }
    return bytes
  }

  /// Writes all of it, with the other end reading.
  func send(_ bytes: [UInt8], from sender: StreamSocket, to receiver: StreamSocket) throws
    -> [UInt8]
  {
    var rest = bytes[...]
    var received: [UInt8] = []
    try loop.run(atMost: .seconds(60)) {
      if case .wrote(let count) = sender.write(rest) { rest = rest.dropFirst(count) }
      while case .bytes(let some, _) = receiver.read() { received += some }
      return rest.isEmpty && received.count >= bytes.count
    }
    return received
  }

  /// Turns until the condition holds.
  func wait(until condition: () -> Bool) throws {
    try loop.run(atMost: .seconds(20), until: condition)
  }
}

extension EventLoop {
  /// A run that a wrong program cannot make endless. It turns at least every millisecond, so that
  /// conditions on counters are seen too.
  func run(atMost limit: Microseconds, until condition: () -> Bool) throws {
    let end = now + limit
    var tick: TimerToken?
    func again() { tick = schedule(at: now + 1000, again) }
    again()
    defer { tick.map(cancel) }
    var holds = false
    try run {
      holds = condition()
      return holds || now >= end
    }
    try #require(holds, "the condition did not come true")
  }
}
