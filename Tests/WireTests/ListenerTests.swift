import SessionTrace
import Testing

@testable import Wire

@Suite("Listening")
struct ListenerTests {
  @Test("An address in use is an error that names it")
  func inUse() throws {
    let loop = try EventLoop()
    let first = try Listener(loop: loop, endpoint: LoopbackPair.anyPort)
    let error = #expect(throws: WireError.self) {
      _ = try Listener(loop: loop, endpoint: first.endpoint)
    }
    #expect(error?.failure.name == "EADDRINUSE")
    #expect(error?.address == first.endpoint)
    #expect(
      error?.description
        == "cannot listen on \(first.endpoint): Address already in use (bind, EADDRINUSE)")
  }

  @Test("A paused listener leaves connections waiting until it goes on")
  func pausing() throws {
    let loop = try EventLoop()
    let listener = try Listener(loop: loop, endpoint: LoopbackPair.anyPort)
    var accepted: [StreamSocket] = []
    listener.onAccept = { accepted.append($0) }
    listener.pause()
    let client = StreamSocket(loop: loop)
    var progress = client.connect(to: listener.endpoint)
    client.onReady = { [unowned client] _ in progress = client.finishConnecting() }
    try loop.run(atMost: .seconds(20)) { progress == .connected }
    var turns = 0
    try loop.run(atMost: .seconds(20)) {
      turns += 1
      return turns > 10
    }
    #expect(accepted.isEmpty)
    listener.resume()
    listener.resume()
    try loop.run(atMost: .seconds(20)) { !accepted.isEmpty }
    #expect(accepted.count == 1)
  }

  @Test("A closed listener refuses, and leaves its port to the next one")
  func closing() throws {
    let loop = try EventLoop()
    let listener = try Listener(loop: loop, endpoint: LoopbackPair.anyPort, fastOpenQueue: 5)
    let endpoint = listener.endpoint
    listener.close()
    listener.close()
    listener.resume()
    let next = try Listener(loop: loop, endpoint: endpoint)
    #expect(next.endpoint == endpoint)
  }

  @Test("A listener that is closed from its own callback accepts nothing more")
  func closingInCallback() throws {
    let loop = try EventLoop()
    let listener = try Listener(loop: loop, endpoint: LoopbackPair.anyPort)
    var accepted = 0
    listener.onAccept = { [unowned listener] _ in
      accepted += 1
      listener.close()
    }
    let clients = (0..<3).map { _ in StreamSocket(loop: loop) }
    for client in clients { _ = client.connect(to: listener.endpoint) }
    try loop.run(atMost: .seconds(20)) { accepted > 0 }
    var turns = 0
    try loop.run(atMost: .seconds(20)) {
      turns += 1
      return turns > 5
    }
    #expect(accepted == 1)
  }
}
