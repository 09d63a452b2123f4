import SessionOptions
import SessionTrace
import Testing
@testable import Wire

@Suite("Bytes and what the kernel says of them")
struct TransferTests {
  @Test(
    "Every piece that ends a segment leaves in a segment of its own, and every byte is counted",
    arguments: [[1], [513], [1, 1, 1, 1, 1], [513, 1, 512], [100, 1, 412, 26], [1448, 1]])
  func segments(pieces: [Int]) throws {
    let pair = try LoopbackPair()
    #expect(pair.client.facts().acknowledged == 0)
    let before = try #require(pair.client.facts().dataSegmentsOut)
    for piece in pieces {
      let bytes = [UInt8](repeating: 0x61, count: piece)
      #expect(pair.client.write(bytes[...], endsSegment: true) == .wrote(piece))
    }
    let total = pieces.reduce(0, +)
    #expect(pair.client.bytesWritten == total)
    try pair.wait { pair.client.facts().acknowledged == total }
    let facts = pair.client.facts()
    #expect(facts.state == "ESTABLISHED")
    #expect(facts.outstanding == 0)
    #expect(facts.unsent == 0)
    #expect(facts.dataSegmentsOut == before + pieces.count)
    #expect(facts.totalRetransmits == 0)
    #expect(facts.fastOpenFailure == 0)
    #expect(pair.server.facts().received == total)
    #expect(pair.server.facts().acknowledged == 0)
    #expect(try pair.read(total, from: pair.server).count == total)
  }

  @Test("The facts of an idle connection are there, and what was never measured is absent")
  func idleFacts() throws {
    let pair = try LoopbackPair()
    let facts = pair.client.facts()
    #expect(facts.options?.isEmpty == false)
    #expect(facts.options?.contains("syn_data") == false)
    #expect(facts.windowScale?.count == 2)
    #expect((facts.peerWindow ?? 0) > 0)
    #expect((facts.roundTrip ?? 0) > 0)
    #expect((facts.sendMSS ?? 0) > 500)
    #expect((facts.pathMTU ?? 0) > 500)
    #expect((facts.retransmissionTimeout ?? 0) >= 200_000)
    #expect(StreamSocket(loop: pair.loop).facts() == KernelFacts())
  }

  @Test("A stream longer than all buffers arrives as it was, in both directions")
  func long() throws {
    let pair = try LoopbackPair()
    let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) }
    #expect(try pair.send(bytes, from: pair.client, to: pair.server) == bytes)
    #expect(try pair.send(bytes, from: pair.server, to: pair.client) == bytes)
    try pair.wait { pair.client.facts().acknowledged == bytes.count }
    #expect(pair.client.facts().received == bytes.count)
  }

  @Test("A read brings no more than was asked for, and is stamped between the write and now")
  func reading() throws {
    let pair = try LoopbackPair()
    #expect(pair.client.read() == .wouldBlock)
    let before = pair.loop.now
    _ = pair.server.write([1, 2, 3])
    try pair.wait { pair.client.facts().received == 3 }
    for expected: [UInt8] in [[1, 2], [3]] {
      guard case .bytes(let bytes, let at) = pair.client.read(atMost: 2) else {
        Issue.record("nothing to read")
        return
      }
      #expect(bytes == expected)
      // The wall clock may be slewed while the test runs.
      #expect(at >= before - 1000 && at <= pair.loop.now)
    }
    #expect(pair.client.read() == .wouldBlock)
    #expect(pair.client.write([]) == .wrote(0))
  }

  @Test("FIN is the end of the stream, behind the last bytes")
  func fin() throws {
    let pair = try LoopbackPair()
    _ = pair.server.write([7])
    pair.server.close()
    #expect(try pair.read(1, from: pair.client) == [7])
    try pair.wait { pair.client.read() == .endOfStream }
    #expect(pair.client.facts().state == "CLOSE_WAIT")
  }

  @Test("RST is a failure, and not the end of the stream")
  func reset() throws {
    let pair = try LoopbackPair()
    var readiness: Readiness = []
    pair.client.onReady = { readiness.formUnion($0) }
    pair.server.close(withReset: true)
    try pair.wait { readiness.contains(.hangup) }
    #expect(readiness.contains(.error))
    guard case .failed(let failure) = pair.client.read() else {
      Issue.record("no failure")
      return
    }
    #expect(failure.name == "ECONNRESET")
    #expect(failure.call == "recv")
    #expect(pair.client.facts().state == "CLOSE")
  }

  @Test("The reply that waits behind a reset can still be read after the write failed")
  func replyBehindReset() throws {
    let pair = try LoopbackPair()
    // A peer that says why and closes with our bytes unread: the kernel sends FIN's data, then RST.
    _ = pair.client.write([1, 2, 3])
    try pair.wait { pair.server.facts().received == 3 }
    _ = pair.server.write(Array("552 too big\r\n".utf8)[...])
    try pair.wait { pair.client.facts().received == 13 }
    pair.server.close()
    try pair.wait { pair.client.facts().state == "CLOSE" }
    guard case .failed(let failure) = pair.client.write([4]) else {
      Issue.record("the write went through")
      return
    }
    #expect(failure.name == "ECONNRESET" || failure.name == "EPIPE")
    #expect(failure.call == "send")
    #expect(try pair.read(13, from: pair.client) == Array("552 too big\r\n".utf8))
    #expect(pair.client.facts().acknowledged == 3)
    #expect(pair.client.bytesWritten == 3)
  }

  @Test("A peer that does not read shuts its window: unsent bytes pile up with us")
  func closedWindow() throws {
    let pair = try LoopbackPair(serverReceiveBuffer: 4096)
    pair.server.setInterest(reading: false, writing: false)
    let chunk = [UInt8](repeating: 0x61, count: 65536)
    var isFull = false
    try pair.wait {
      switch pair.client.write(chunk[...]) {
      case .wrote: isFull = false
      case .wouldBlock: isFull = true
      case .failed: Issue.record("the connection broke")
      }
      let facts = pair.client.facts()
      return isFull && facts.peerWindow.map { $0 < 4096 } == true && (facts.unsent ?? 0) > 0
    }
    let facts = pair.client.facts()
    let acknowledged = try #require(facts.acknowledged)
    #expect(facts.outstanding == pair.client.bytesWritten - acknowledged)
    #expect((facts.unsent ?? 0) <= (facts.outstanding ?? 0))
    #expect(pair.server.facts().received.map { $0 >= acknowledged } == true)
  }

  @Test("Our FIN is counted as no byte of the stream")
  func ownFIN() throws {
    let pair = try LoopbackPair()
    _ = pair.client.write([1, 2, 3])
    pair.client.shutdownWrite()
    #expect(try pair.read(3, from: pair.server) == [1, 2, 3])
    try pair.wait { pair.server.read() == .endOfStream }
    try pair.wait { pair.client.facts().state == "FIN_WAIT2" }
    #expect(pair.client.facts().acknowledged == 3)
    #expect(pair.client.facts().outstanding == 0)
    #expect(pair.client.facts().unsent == 0)
    _ = pair.server.write([9])
    #expect(try pair.read(1, from: pair.client) == [9])
  }

  @Test("A closed socket answers everything quietly")
  func afterClose() throws {
    let pair = try LoopbackPair()
    pair.client.close()
    pair.client.close(withReset: true)
    guard case .failed(let failure) = pair.client.write([1]) else {
      Issue.record("it wrote")
      return
    }
    #expect(failure.name == "EBADF")
    #expect(pair.client.facts() == KernelFacts())
    pair.client.ask()
    #expect(pair.client.drainTimestamps().isEmpty)
    #expect(pair.client.drainErrors().isEmpty)
    #expect(pair.client.set(.noDelay(true))?.name == "EBADF")
    #expect(pair.client.finishConnecting() != .connected)
    pair.client.shutdownWrite()
    pair.client.setInterest(reading: true, writing: true)
  }

  @Test("A socket that nobody reads tells its end once and keeps the loop quiet")
  func ignoredReset() throws {
    let pair = try LoopbackPair()
    var calls = 0
    pair.client.setInterest(reading: false, writing: false)
    pair.client.onReady = { _ in calls += 1 }
    pair.server.close(withReset: true)
    try pair.wait { calls > 0 }
    var turns = 0
    try pair.wait {
      turns += 1
      return turns > 20
    }
    #expect(calls <= 2)
  }

  @Test("A UNIX socket carries bytes, its end and its name")
  func unixSocket() throws {
    let path = "/tmp/smtpprobe-wire-\(UInt64.random(in: 0 ... .max)).sock"
    let pair = try LoopbackPair(to: .unix(path: path))
    #expect(pair.client.remoteEndpoint == .unix(path: path))
    #expect(pair.server.remoteEndpoint == .unix(path: ""))
    #expect(
      pair.client.write([1, 2, 3], endsSegment: true, wantsTimestamps: true) == .wrote(3))
    #expect(try pair.read(3, from: pair.server) == [1, 2, 3])
    #expect(pair.client.facts().outstanding == 0)
    #expect(pair.client.facts().acknowledged == 3)
    #expect(pair.client.facts().readByPeer == true)
    #expect(pair.client.facts().state == nil)
    #expect(pair.client.congestionControl == nil)
    // There is no error queue, and looking for one takes nothing off the stream.
    #expect(pair.server.write([7, 8]) == .wrote(2))
    pair.client.ask()
    #expect(pair.client.drainTimestamps().isEmpty)
    #expect(pair.client.drainErrors().isEmpty)
    #expect(try pair.read(2, from: pair.client) == [7, 8])
    pair.server.close()
    try pair.wait { pair.client.read() == .endOfStream }
    pair.listener.close()
    let again = StreamSocket(loop: pair.loop)
    guard case .failed(let failure) = again.connect(to: .unix(path: path)) else {
      Issue.record("the path is still there")
      return
    }
    #expect(failure.name == "ENOENT")
  }

  @Test("A UNIX peer that closes with bytes unread says so, and what it said before can be read")
  func unixUnread() throws {
    let path = "/tmp/smtpprobe-wire-\(UInt64.random(in: 0 ... .max)).sock"
    let pair = try LoopbackPair(to: .unix(path: path))
    #expect(pair.client.write([1, 2, 3]) == .wrote(3))
    #expect(pair.client.facts().readByPeer == false)
    #expect(pair.client.facts().outstanding == 0)
    _ = pair.server.write([9])
    pair.server.close()
    #expect(try pair.read(1, from: pair.client) == [9])
    guard case .failed(let failure) = pair.client.read() else {
      Issue.record("no failure")
      return
    }
    #expect(failure.name == "ECONNRESET")
    #expect(pair.client.facts().readByPeer == false)
    pair.listener.close()
  }

  @Test("IPv6 works like IPv4")
  func ipv6() throws {
    let pair = try LoopbackPair(to: .ip(address: "::1", port: 0))
    #expect(pair.client.write([1], wantsTimestamps: true) == .wrote(1))
    #expect(try pair.read(1, from: pair.server) == [1])
    try pair.wait { pair.client.facts().acknowledged == 1 }
    #expect(pair.client.set(.timeToLive(64)) == nil)
  }
}
