import SessionOptions
import SessionTrace
import Testing
@testable import Wire

@Suite("Connecting")
struct ConnectTests {
  @Test(
    "An attempt that cannot begin fails by itself, with its reason",
    arguments: [
      (Endpoint.ip(address: "mx.example.com", port: 25), "EINVAL"),
      (.ip(address: "", port: 25), "EINVAL"),
      (.ip(address: "127.0.0.1", port: 70000), "EINVAL"),
      (.ip(address: "127.0.0.1", port: -1), "EINVAL"),
      (.ip(address: "255.255.255.255", port: 25), "ENETUNREACH"),
      (.unix(path: "/nonexistent/socket"), "ENOENT"),
      (.unix(path: ""), "EINVAL"),
      (.unix(path: String(repeating: "x", count: 200)), "ENAMETOOLONG"),
    ])
  func cannotBegin(endpoint: Endpoint, name: String) throws {
    let socket = StreamSocket(loop: try EventLoop())
    guard case .failed(let failure) = socket.connect(to: endpoint) else {
      Issue.record("it began")
      return
    }
    #expect(failure.name == name)
    #expect(socket.connectFailureOrigin == "local")
    #expect(socket.finishConnecting() == .failed(failure))
    #expect(socket.facts().acknowledged ?? 0 == 0)
  }

  @Test("A port where nobody listens is told apart as a reset")
  func refused() throws {
    let loop = try EventLoop()
    let gone = try Listener(loop: loop, endpoint: LoopbackPair.anyPort)
    let endpoint = gone.endpoint
    gone.close()
    let socket = StreamSocket(loop: loop)
    var progress = socket.connect(to: endpoint)
    socket.onReady = { [unowned socket] _ in progress = socket.finishConnecting() }
    try loop.run(atMost: .seconds(20)) { progress != .inProgress }
    guard case .failed(let failure) = progress else {
      Issue.record("it connected")
      return
    }
    #expect(failure.name == "ECONNREFUSED")
    #expect(failure.call == "connect")
    #expect(failure.text == "Connection refused")
    #expect(socket.connectFailureOrigin == "rst")
    #expect(socket.finishConnecting() == progress)
    #expect(socket.connect(to: endpoint) != .connected)
  }

  @Test("A connection that was reset before anybody asked still gives up its bytes, then the reset")
  func resetBeforeAsking() throws {
    let loop = try EventLoop()
    let listener = try Listener(loop: loop, endpoint: LoopbackPair.anyPort)
    let client = StreamSocket(loop: loop)
    var isOver = false
    listener.onAccept = { server in
      _ = server.write(Array("554 no\r\n".utf8)[...])
      server.close(withReset: true)
      isOver = true
    }
    #expect(client.connect(to: listener.endpoint) == .inProgress)
    try loop.run(atMost: .seconds(20)) { isOver && client.facts().state == "CLOSE" }
    #expect(client.finishConnecting() == .connected)
    #expect(client.connectFailureOrigin == nil)
    guard case .bytes(let bytes, _) = client.read(), case .failed(let failure) = client.read()
    else {
      Issue.record("bytes or reset were lost")
      return
    }
    #expect(bytes == Array("554 no\r\n".utf8))
    #expect(failure.name == "ECONNRESET")
    #expect(client.facts().acknowledged == 0)
  }

  @Test("Both ends know their addresses")
  func endpoints() throws {
    let pair = try LoopbackPair()
    #expect(pair.client.remoteEndpoint == pair.listener.endpoint)
    #expect(pair.client.localEndpoint == pair.server.remoteEndpoint)
    #expect(pair.server.localEndpoint == pair.listener.endpoint)
    #expect(pair.client.congestionControl?.isEmpty == false)
  }

  @Test("A local address and port are used, and the port may be used again at once")
  func localPort() throws {
    var port = 0
    for _ in 0..<2 {
      var options = SocketOptions()
      options.localAddress = "127.0.0.2"
      if port != 0 { options.localPort = port }
      let pair = try LoopbackPair(options: options)
      guard case .ip(let address, let chosen)? = pair.server.remoteEndpoint else {
        Issue.record("no address")
        return
      }
      #expect(address == "127.0.0.2")
      #expect(port == 0 || chosen == port)
      port = chosen
      // Our side closes first, and keeps the port in TIME_WAIT.
      pair.client.close()
      try pair.wait { pair.server.read() == .endOfStream }
    }
  }

  @Test("An option that the kernel refuses fails the attempt by name")
  func refusedOption() throws {
    var options = SocketOptions()
    options.maximumSegmentSize = 1
    let socket = StreamSocket(loop: try EventLoop())
    guard
      case .failed(let failure) = socket.connect(to: LoopbackPair.anyPort, options: options)
    else {
      Issue.record("it began")
      return
    }
    #expect(failure.call == "setsockopt(TCP_MAXSEG)")
    #expect(failure.name == "EINVAL")
  }

  @Test("A maximum segment size caps what is sent and what is advertised")
  func segmentSize() throws {
    var options = SocketOptions()
    options.maximumSegmentSize = 1000
    let pair = try LoopbackPair(options: options)
    // 12 bytes of the segment go to the timestamps option.
    let expected = pair.client.facts().options?.contains("timestamps") == true ? 988 : 1000
    #expect(pair.client.facts().sendMSS == expected)
    #expect(pair.server.facts().sendMSS == expected)
  }

  @Test("A small receive buffer makes our window scale zero and leaves the peer's alone")
  func windowScale() throws {
    var options = SocketOptions()
    options.receiveBuffer = 8192
    let pair = try LoopbackPair(options: options)
    let scale = try #require(pair.client.facts().windowScale)
    #expect(scale.count == 2)
    #expect(scale.last == 0)
    #expect(pair.server.facts().windowScale == scale.reversed())
  }

  @Test("Every option of an attempt is accepted", arguments: PathMTUDiscovery.allCases)
  func allOptions(mode: PathMTUDiscovery) throws {
    var options = SocketOptions()
    options.noDelay = false
    options.pathMTUDiscovery = mode
    options.sendBuffer = 65536
    options.quickAcknowledge = false
    options.keepAlive = 30
    options.codepoint = 46
    let pair = try LoopbackPair(options: options)
    let changes: [LiveOption] = [
      .noDelay(true), .cork(true), .cork(false), .quickAcknowledge(true), .receiveBuffer(16384),
      .sendBuffer(16384), .windowClamp(4096), .linger(seconds: 1), .linger(seconds: nil),
      .timeToLive(1), .timeToLive(nil), .keepAlive(true), .linearTimeouts(true),
    ]
    for change in changes { #expect(pair.client.set(change) == nil) }
    #expect(pair.client.set(.timeToLive(256))?.call == "setsockopt(IP_TTL)")
  }

  @Test("A Fast Open SYN without data connects where the server speaks first")
  func fastOpenCookie() throws {
    for _ in 0..<2 {
      var options = SocketOptions()
      options.fastOpen = .cookie
      let pair = try LoopbackPair(options: options, fastOpenQueue: 16)
      #expect(pair.client.fastOpenBytesAccepted == 0)
      _ = pair.server.write([0x32, 0x32, 0x30])
      #expect(try pair.read(3, from: pair.client) == [0x32, 0x32, 0x30])
      #expect(pair.client.facts().acknowledged == 0)
    }
  }

  @Test("Fast Open data arrives once, whether the SYN took it or not")
  func fastOpenData() throws {
    let hello = Array("EHLO probe.example.org\r\n".utf8)
    for _ in 0..<3 {
      var options = SocketOptions()
      options.fastOpen = .data
      options.firstBytes = hello
      let pair = try LoopbackPair(options: options, fastOpenQueue: 16)
      let taken = pair.client.fastOpenBytesAccepted
      #expect(pair.client.bytesWritten == taken)
      let rest = hello.dropFirst(taken)
      #expect(pair.client.write(rest, wantsTimestamps: true) == .wrote(rest.count))
      #expect(try pair.read(hello.count, from: pair.server) == hello)
      _ = pair.client.write([1, 2, 3], endsSegment: true, wantsTimestamps: true)
      try pair.wait { pair.client.facts().acknowledged == hello.count + 3 }
      #expect(pair.client.facts().outstanding == 0)
      pair.client.ask()
      let offsets = Set(pair.client.drainTimestamps().map(\.lastByte))
      #expect(offsets.contains(hello.count + 2))
      #expect(offsets.isSubset(of: [hello.count - 1, hello.count + 2]))
    }
  }

  @Test("IPv6 addresses are written with brackets, and scopes are kept")
  func textForms() throws {
    #expect(Endpoint.ip(address: "2001:db8::1", port: 25).description == "[2001:db8::1]:25")
    #expect(Endpoint.ip(address: "192.0.2.1", port: 25).description == "192.0.2.1:25")
    #expect(Endpoint.unix(path: "/run/lmtp").description == "/run/lmtp")
    let scoped = Endpoint.ip(address: "fe80::1%lo", port: 25)
    #expect(try SocketAddress(scoped).endpoint == scoped)
    let plain = Endpoint.ip(address: "::1", port: 65535)
    #expect(try SocketAddress(plain).endpoint == plain)
  }
}
