import SessionTrace
import Testing

@testable import Wire

@Suite("The way to an address")
struct PathTracerTests {
  /// What a tracer finds; `nil` when it never said.
  private func length(to address: String, from local: String? = nil) throws -> PathLength? {
    let loop = try EventLoop()
    let tracer = try PathTracer(loop: loop, target: address, from: local)
    var found: PathLength?
    tracer.start { found = $0 }
    try loop.run(atMost: .seconds(20)) { found != nil }
    return found
  }

  @Test(
    "This host is one hop away, in both families", arguments: ["127.0.0.1", "127.0.0.9", "::1"])
  func thisHost(address: String) throws {
    let length = try #require(try length(to: address))
    #expect(length.hops == 1)
    #expect(length.reporters == [HopReporter(ttl: 1, address: address)])
  }

  @Test("It leaves from the address that is given")
  func localAddress() throws {
    #expect(try length(to: "127.0.0.1", from: "127.0.0.1")?.hops == 1)
    #expect(throws: WireError.self) { try length(to: "127.0.0.1", from: "192.0.2.99") }
  }

  @Test("What is no numeric address is refused", arguments: ["mx.example.com", ""])
  func refused(address: String) {
    #expect(throws: WireError.self) { try length(to: address) }
  }

  @Test("A tracer that was given up tells nothing")
  func cancelled() throws {
    let loop = try EventLoop()
    let tracer = try PathTracer(loop: loop, target: "127.0.0.1", from: nil)
    var calls = 0
    tracer.start { _ in calls += 1 }
    tracer.cancel()
    var isOver = false
    loop.schedule(at: loop.now + .milliseconds(100)) { isOver = true }
    try loop.run(atMost: .seconds(20)) { isOver }
    #expect(calls == 0)
  }
}
