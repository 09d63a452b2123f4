import Glibc
import SessionOptions
import SessionTrace
import Testing
@testable import Wire

@Suite("The event loop")
struct EventLoopTests {
  @Test(
    "Timers fire in the order of their moments, equals in the order they were set",
    arguments: [
      ([3, 1, 2], [1, 2, 0]),
      ([5, 5, 5, 1], [3, 0, 1, 2]),
      ([0, -10, 0], [1, 0, 2]),
      ([9, 8, 7, 6, 5, 4, 3, 2, 1, 0], [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]),
    ])
  func order(moments: [Int64], expected: [Int]) throws {
    let loop = try EventLoop()
    var fired: [Int] = []
    for (index, moment) in moments.enumerated() {
      loop.schedule(at: loop.now / 1_000_000 + moment * 100) { fired.append(index) }
    }
    try loop.run(atMost: .seconds(20)) { fired.count == moments.count }
    #expect(fired == expected)
  }

  @Test("A cancelled timer never fires, even when another one cancels it at its own moment")
  func cancellation() throws {
    let loop = try EventLoop()
    var fired: [String] = []
    var victim: TimerToken?
    loop.schedule(at: 10) {
      fired.append("first")
      if let victim { loop.cancel(victim) }
    }
    victim = loop.schedule(at: 10) { fired.append("victim") }
    let last = loop.schedule(at: 20) { fired.append("last") }
    try loop.run(atMost: .seconds(20)) { fired.contains("last") }
    loop.cancel(last)
    #expect(fired == ["first", "last"])
  }

  @Test("Thousands of cancelled deadlines leave the ones that stand in order")
  func manyCancellations() throws {
    let loop = try EventLoop()
    var fired: [Int] = []
    for index in 0..<5000 {
      let token = loop.schedule(at: Int64(5000 - index)) { fired.append(index) }
      if index % 100 != 0 { loop.cancel(token) }
    }
    try loop.run(atMost: .seconds(20)) { fired.count == 50 }
    #expect(fired == stride(from: 4900, through: 0, by: -100).map { $0 })
  }

  @Test("A timer set from a timer waits for the next turn, however old its moment")
  func timerFromTimer() throws {
    let loop = try EventLoop()
    var order: [String] = []
    loop.schedule(at: 0) {
      order.append("outer")
      loop.schedule(at: 0) { order.append("inner") }
      loop.soon { order.append("put off") }
    }
    loop.soon { order.append("put off before") }
    try loop.run { order.count == 4 }
    #expect(order == ["outer", "put off before", "inner", "put off"])
  }

  @Test("What is put off runs once a turn, after the turn's sockets were served")
  func fairness() throws {
    let pair = try LoopbackPair()
    var log: [String] = []
    pair.server.onReady = { [server = pair.server] _ in
      if case .bytes(let bytes, _) = server.read() { log.append("read \(bytes.count)") }
    }
    func write(_ piece: Int) {
      guard piece <= 5 else { return }
      _ = pair.client.write([UInt8](repeating: 0, count: piece)[...], endsSegment: true)
      log.append("wrote \(piece)")
      pair.loop.soon { write(piece + 1) }
    }
    pair.loop.soon { write(1) }
    try pair.loop.run { log.last == "read 5" }
    #expect(log == (1...5).flatMap { ["wrote \($0)", "read \($0)"] })
  }

  @Test("A loop on which nothing can happen says so instead of waiting for ever")
  func nothingToWaitFor() throws {
    let loop = try EventLoop()
    let error = #expect(throws: WireError.self) { try loop.run { false } }
    #expect(error?.failure.name == "EDEADLK")
  }

  @Test(
    "A handler may close a socket that is served later in the same batch, and its number may return"
  )
  func closingInTheBatch() throws {
    let loop = try EventLoop()
    let first = try LoopbackPairs(loop: loop, count: 2)
    var served: [Int] = []
    for (index, server) in first.servers.enumerated() {
      server.onReady = { _ in
        served.append(index)
        // Closes both, and opens others that take over their descriptor numbers.
        for server in first.servers { server.close() }
        first.spare = (try? LoopbackPairs(loop: loop, count: 2))
        for server in first.spare?.servers ?? [] { server.onReady = { _ in served.append(99) } }
      }
    }
    for client in first.clients { _ = client.write([1]) }
    try loop.run(atMost: .seconds(20)) { !served.isEmpty }
    var turns = 0
    try loop.run(atMost: .seconds(20)) {
      turns += 1
      return turns > 5
    }
    #expect(served.count == 1)
    #expect(served != [99])
  }

  @Test("A socket that is let go in its own handler is closed, and the peer sees the end")
  func releaseInHandler() throws {
    let loop = try EventLoop()
    let pairs = try LoopbackPairs(loop: loop, count: 1)
    pairs.servers[0].onReady = { _ in pairs.servers = [] }
    _ = pairs.clients[0].write([1])
    try loop.run(atMost: .seconds(20)) { pairs.servers.isEmpty }
    try loop.run(atMost: .seconds(20)) { pairs.clients[0].read() != .wouldBlock }
  }

  @Test("A signal comes as an event, as often as the loop is asked to watch it")
  func signals() throws {
    for _ in 0..<2 {
      let loop = try EventLoop()
      var caught: [Int32] = []
      try loop.onSignals([SIGUSR1, SIGUSR2]) { caught.append($0) }
      raise(SIGUSR2)
      try loop.run(atMost: .seconds(20)) { !caught.isEmpty }
      #expect(caught == [SIGUSR2])
    }
  }

  @Test("A signal number that does not exist is an error with its name")
  func wrongSignal() throws {
    let loop = try EventLoop()
    let error = #expect(throws: WireError.self) { try loop.onSignals([4711]) { _ in } }
    #expect(error?.failure.name == "EINVAL")
  }

  @Test("The wall clock is paired with the loop's clock")
  func wallClock() throws {
    let loop = try EventLoop()
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    let seconds = (loop.wallClockAtZero + loop.now) / 1_000_000
    #expect(abs(Int(seconds) - time.tv_sec) <= 2)
  }
}

/// Several connections to one listener.
final class LoopbackPairs {
  let listener: Listener
  var clients: [StreamSocket] = []
  var servers: [StreamSocket] = []
  var spare: LoopbackPairs?

  init(loop: EventLoop, count: Int) throws {
    listener = try Listener(loop: loop, endpoint: LoopbackPair.anyPort)
    for _ in 0..<count {
      let client = StreamSocket(loop: loop)
      _ = client.connect(to: listener.endpoint)
      clients.append(client)
    }
    listener.onAccept = { [unowned self] in servers.append($0) }
    var connected = 0
    for client in clients {
      client.onReady = { [unowned client] _ in
        if client.finishConnecting() == .connected { connected += 1 }
        client.onReady = nil
      }
    }
    try loop.run(atMost: .seconds(20)) { connected == count && servers.count == count }
  }
}
