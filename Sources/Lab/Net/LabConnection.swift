import SessionTrace
import TLSEngine
import Wire

/// One client of a lab server: joins the socket, the middleboxes, TLS and the script.
///
/// ```
/// socket ─ middleboxes ─ TLS ─ server session
/// ```
/// The server that accepted it keeps it; callbacks hold it weakly.
final class LabConnection {
  /// What stands between the middleboxes and the session.
  private enum Layer {
    case clear
    case tls(TLSSession)
    /// The handshake is due, but there is nothing to do it with.
    case noTLS
  }

  /// What is still to be written or done, in order.
  private enum Outgoing {
    case bytes(ArraySlice<UInt8>)
    case hangUp
    case close
    case reset
  }

  private let socket: StreamSocket
  private let script: ServerScript
  private let loop: EventLoop
  private let credentials: ServerCredentials?
  private let record: (LabEvent) -> Void
  private let ended: () -> Void
  private var session: ServerSession
  private var middleboxes: MiddleboxChain
  private var layer = Layer.clear
  private var recordMeter = TLSRecordMeter()
  private var outgoing: [Outgoing] = []
  private var isReading = true
  private var hasHungUp = false
  private var isClosed = false
  private var timer: (token: TimerToken, at: Microseconds)?

  init(
    socket: StreamSocket, script: ServerScript, number: Int, loop: EventLoop,
    credentials: ServerCredentials?, record: @escaping (LabEvent) -> Void,
    ended: @escaping () -> Void
  ) {
    self.socket = socket
    self.script = script
    self.loop = loop
    self.credentials = credentials
    self.record = record
    self.ended = ended
    session = ServerSession(script: script, connection: number)
    middleboxes = MiddleboxChain(script.middleboxes)
  }

  /// Greets, and serves from then on.
  func begin() {
    record(.opened(from: socket.remoteEndpoint?.description ?? "nowhere"))
    // Refused options cost realism and nothing else; UNIX sockets have none of these.
    _ = socket.set(.noDelay(!script.usesNagle))
    delayAcknowledgements()
    if script.isImplicitTLS { startTLS() }
    socket.onReady = { [weak self] in self?.serve($0) }
    tell(.connected)
  }

  /// Closes, whatever is under way.
  func abandon() { finish("stopped", withReset: false) }

  private func delayAcknowledgements() {
    if script.delaysAcknowledgements { _ = socket.set(.quickAcknowledge(false)) }
  }

  // MARK: From the socket

  private func serve(_ readiness: Readiness) {
    if readiness.contains(.writable) { write() }
    guard !isClosed else { return }
    if isReading {
      if !readiness.isDisjoint(with: [.readable, .hangup, .error]) { read() }
    } else if readiness.contains(.hangup), session.nextDeadline == nil {
      finish("by-peer", withReset: false)
    }
  }

  private func read() {
    switch socket.read() {
    case .bytes(let bytes, _):
      record(.read(bytes.count))
      delayAcknowledgements()
      for block in middleboxes.fromClient(bytes) {
        if !script.middleboxes.isEmpty { record(.forwarded(block.count)) }
        deliver(block)
      }
    case .wouldBlock:
      break
    case .endOfStream:
      stopReading()
      if hasHungUp {
        finish("after-peer", withReset: false)
      } else {
        tell(.endOfStream)
      }
    case .failed(let failure):
      finish("by-peer \(failure.name)", withReset: false)
    }
  }

  private func deliver(_ bytes: [UInt8]) {
    guard !isClosed else { return }
    switch layer {
    case .clear: tell(.bytes(bytes))
    case .tls(let tls) where tls.isEstablished:
      for length in recordMeter.pass(bytes) { tell(.tlsRecord(length)) }
      perform(tls.receive(bytes))
    case .tls, .noTLS:
      _ = recordMeter.pass(bytes)
      tell(.handshakeBytes(bytes))
    }
  }

  // MARK: The session's wishes

  private func tell(_ event: ServerEvent) {
    for action in session.receive(event, now: loop.now) { perform(action) }
    setTimer()
  }

  private func perform(_ action: ServerAction) {
    guard !isClosed else { return }
    switch action {
    case .send(let bytes): send(bytes)
    case .startTLS: startTLS()
    case .handshake(let bytes):
      if case .tls(let tls) = layer { perform(tls.receive(bytes)) }
    case .stopReading: stopReading()
    case .sendInClear(let bytes): enqueue(bytes)
    case .closeTLS: closeTLS()
    case .hangUp:
      closeTLS()
      hangUp()
    case .hangUpInSilence: hangUp()
    case .close: leave(.close)
    case .reset: leave(.reset)
    case .record(let event): record(event)
    }
  }

  private func perform(_ actions: [TLSSession.Action]) {
    for action in actions {
      switch action {
      case .send(let flight): enqueue(flight.bytes)
      case .established(let summary):
        record(.secured(summary.version))
        tell(.secured)
      case .plaintext(let bytes): tell(.bytes(bytes))
      case .closed: tell(.tlsClosed)
      case .failed(let failure):
        record(.tlsFailed(failure.name))
        hangUp()
      }
    }
  }

  private func closeTLS() {
    if case .tls(let tls) = layer, tls.isEstablished { enqueue(tls.close().bytes) }
  }

  private func hangUp() {
    hasHungUp = true
    leave(.hangUp)
  }

  private func startTLS() {
    guard let credentials else {
      layer = .noTLS
      return
    }
    do {
      let configuration = ServerConfiguration(
        credentials: credentials, priority: script.tlsPriority,
        requestClientCertificate: script.requiresClientCertificate,
        requireClientCertificate: script.requiresClientCertificate, sendsTickets: true)
      let tls = try TLSSession(server: configuration)
      layer = .tls(tls)
      perform(tls.start())
    } catch {
      // A priority string that the library does not know: the client sees a server that is broken.
      record(.tlsFailed(error.text))
      layer = .noTLS
    }
  }

  private func setTimer() {
    let wanted = isClosed ? nil : session.nextDeadline
    guard wanted != timer?.at else { return }
    if let timer { loop.cancel(timer.token) }
    timer = wanted.map { moment in
      let token = loop.schedule(at: moment) { [weak self] in
        self?.timer = nil
        self?.tell(.deadline)
      }
      return (token, moment)
    }
  }

  // MARK: To the socket

  private func send(_ bytes: [UInt8]) {
    guard case .tls(let tls) = layer, tls.isEstablished else { return enqueue(bytes) }
    switch tls.seal(bytes[...]) {
    case .success(let flight): enqueue(flight.bytes)
    case .failure(let error): record(.tlsFailed(error.text))
    }
  }

  private func enqueue(_ bytes: [UInt8]) {
    guard !bytes.isEmpty else { return }
    outgoing.append(.bytes(middleboxes.fromServer(bytes)[...]))
    write()
  }

  private func leave(_ how: Outgoing) {
    outgoing.append(how)
    write()
  }

  private func write() {
    while !isClosed, let next = outgoing.first {
      outgoing.removeFirst()
      switch next {
      case .bytes(let bytes):
        guard write(bytes) else { return }
      case .hangUp:
        record(.closed("hang-up"))
        socket.shutdownWrite()
        if !isReading { finish("after-peer", withReset: false) }
      case .close: finish("close", withReset: false)
      case .reset: finish("reset", withReset: true)
      }
    }
    updateInterest()
  }

  /// Writes a segment; false when the rest must wait or nothing more can be written.
  private func write(_ bytes: ArraySlice<UInt8>) -> Bool {
    switch socket.write(bytes, endsSegment: true, wantsTimestamps: false) {
    case .wrote(let count) where count == bytes.count:
      record(.wrote(count))
      return true
    case .wrote(let count):
      record(.wrote(count))
      outgoing.insert(.bytes(bytes.dropFirst(count)), at: 0)
    case .wouldBlock:
      outgoing.insert(.bytes(bytes), at: 0)
    case .failed(let failure):
      finish("by-peer \(failure.name)", withReset: false)
    }
    updateInterest()
    return false
  }

  private func stopReading() {
    isReading = false
    updateInterest()
  }

  private func updateInterest() {
    guard !isClosed else { return }
    socket.setInterest(reading: isReading, writing: !outgoing.isEmpty)
  }

  private func finish(_ how: String, withReset: Bool) {
    guard !isClosed else { return }
    isClosed = true
    record(.closed(how))
    setTimer()
    socket.close(withReset: withReset)
    ended()
  }
}
