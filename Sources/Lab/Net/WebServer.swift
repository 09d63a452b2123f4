import TLSEngine
import Wire

/// A host that is asked by HTTPS and has one answer to everything, whatever is asked for.
///
/// What it says begins when a request has ended, at its empty line.
final class WebServer {
  var endpoint: Endpoint { listener.endpoint }
  /// The certificate that it shows, PEM.
  var certificate: String { credentials.pemCertificate }

  private let host: WebHost
  private let credentials: ServerCredentials
  private let listener: Listener
  private var connections: [ObjectIdentifier: WebConnection] = [:]

  init(
    _ host: WebHost, _ credentials: ServerCredentials, loop: EventLoop, endpoint: Endpoint
  ) throws(WireError) {
    self.host = host
    self.credentials = credentials
    listener = try Listener(loop: loop, endpoint: endpoint)
    listener.onAccept = { [unowned self] in accept($0) }
  }

  func stop() {
    listener.close()
    for connection in Array(connections.values) { connection.close() }
  }

  private func accept(_ socket: StreamSocket) {
    guard let tls = try? TLSSession(server: ServerConfiguration(credentials: credentials)) else {
      return
    }
    let connection = WebConnection(socket, tls, manner: host.manner) { [weak self] connection in
      self?.connections[ObjectIdentifier(connection)] = nil
    }
    connections[ObjectIdentifier(connection)] = connection
    connection.begin()
  }
}

/// One of those who ask.
private final class WebConnection {
  private let socket: StreamSocket
  private let tls: TLSSession
  private let manner: WebHost.Manner
  private let ended: (WebConnection) -> Void
  private var request: [UInt8] = []
  private var outgoing: [UInt8] = []
  private var isAnswering = false
  private var isClosed = false

  init(
    _ socket: StreamSocket, _ tls: TLSSession, manner: WebHost.Manner,
    ended: @escaping (WebConnection) -> Void
  ) {
    self.socket = socket
    self.tls = tls
    self.manner = manner
    self.ended = ended
  }

  func begin() {
    socket.onReady = { [weak self] _ in self?.serve() }
    perform(tls.start())
    write()
  }

  func close() {
    guard !isClosed else { return }
    isClosed = true
    socket.onReady = nil
    socket.close(withReset: false)
    ended(self)
  }

  private func serve() {
    switch socket.read() {
    case .bytes(let bytes, _): perform(tls.receive(bytes))
    case .wouldBlock: break
    case .endOfStream, .failed: return close()
    }
    write()
  }

  private func perform(_ actions: [TLSSession.Action]) {
    for action in actions {
      switch action {
      case .send(let flight): outgoing += flight.bytes
      case .established: break
      case .plaintext(let bytes): take(bytes)
      case .closed, .failed: break
      }
    }
  }

  /// A request is as long as it likes to be, up to what anybody needs.
  private func take(_ bytes: [UInt8]) {
    guard !isAnswering, request.count < 65_536 else { return }
    request += bytes
    guard request.suffix(4) == [13, 10, 13, 10] else { return }
    isAnswering = true
    switch manner {
    case .says(let text):
      say(text)
      outgoing += tls.close().bytes
    case .saysWithoutEnd(let text): say(text)
    case .isSilent: break
    }
  }

  private func say(_ text: [UInt8]) {
    if case .success(let flight) = tls.seal(text[...]) { outgoing += flight.bytes }
  }

  private func write() {
    guard !isClosed else { return }
    if !outgoing.isEmpty {
      switch socket.write(outgoing[...], endsSegment: false, wantsTimestamps: false) {
      case .wrote(let count): outgoing.removeFirst(count)
      case .wouldBlock: break
      case .failed: return close()
      }
    }
    if outgoing.isEmpty, isAnswering, case .saysWithoutEnd(let text) = manner { say(text) }
    socket.setInterest(reading: true, writing: !outgoing.isEmpty)
  }
}
