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
    case wait(Microseconds)
    case hangUp
    case close
    case reset
  }

  private let socket: StreamSocket
  private let script: ServerScript
  private let loop: EventLoop
  private let credentials: ServerCredentials?
  private let record: (LabEvent) -> Void
  private let keep: ((ReceivedMessage) -> Void)?
  private let ended: () -> Void
  private var session: ServerSession
  private var middleboxes: MiddleboxChain
  private var layer = Layer.clear
  private var recordMeter = TLSRecordMeter()
  private var outgoing: [Outgoing] = []
  private var isReading = true
  private var hasHungUp = false
  private var isClosed = false
  private var isMakingRoom = false
  /// While it runs, nothing is written.
  private var writeTimer: TimerToken?
  private var timer: (token: TimerToken, at: Microseconds)?

  init(
    socket: StreamSocket, script: ServerScript, number: Int, loop: EventLoop,
    credentials: ServerCredentials?, record: @escaping (LabEvent) -> Void,
    keep: ((ReceivedMessage) -> Void)?,
    ended: @escaping () -> Void
  ) {
    self.socket = socket
    self.script = script
    self.loop = loop
    self.credentials = credentials
    self.record = record
    self.keep = keep
    self.ended = ended
    var address: String?
    if case .ip(let numbers, _) = socket.localEndpoint { address = numbers }
    session = ServerSession(
      script: script, connection: number, address: address, keepsMessages: keep != nil)
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
      // FIN alone is no end to a program that does not read.
      let isHalfClosed = !readiness.contains(.error) && socket.facts().state == "CLOSE_WAIT"
      if isHalfClosed { outlastClient() } else { finish("by-peer", withReset: false) }
    }
  }

  private func read() {
    switch socket.read() {
    case .bytes(let bytes, _):
      record(.read(bytes.count))
      delayAcknowledgements()
      pass(middleboxes.fromClient(bytes, now: loop.now))
      setTimer()
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

  /// What came out of the middleboxes, to whom it is for.
  private func pass(_ passages: [Passage]) {
    for passage in passages where !isClosed {
      switch passage {
      case .toServer(let bytes):
        if !script.middleboxes.isEmpty { record(.forwarded(bytes.count)) }
        deliver(bytes)
      case .toClient(let bytes):
        outgoing.append(.bytes(bytes[...]))
      case .waitToClient(let time):
        outgoing.append(.wait(time))
      case .reset:
        leave(.reset)
      }
    }
    write()
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
    makeRoom()
    updateInterest()
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
    case .outlastClient: outlastClient()
    case .hangUp:
      closeTLS()
      hangUp()
    case .hangUpInSilence: hangUp()
    case .close: leave(.close)
    case .reset: leave(.reset)
    case .keep(let message): keep?(message)
    case .record(let event): record(event)
    }
  }

  private func perform(_ actions: [TLSSession.Action]) {
    var endsHandshake = false
    for action in actions {
      switch action {
      case .send(let flight): enqueue(flight.bytes)
      case .established(let summary):
        endsHandshake = true
        record(.secured(summary.version))
        tell(.secured)
      case .plaintext(let bytes):
        tell(endsHandshake ? .bytesBehindHandshake(bytes) : .bytes(bytes))
      case .closed: tell(.tlsClosed)
      case .failed(let failure):
        record(.tlsFailed(failure.name))
        hangUp()
      }
    }
  }

  /// From here a client that has only half-closed looks like one that has gone. Whether its end is still
  /// there shows by who answers TCP's keep-alive probes; without them each silent session would
  /// stay a descriptor for ever.
  private func outlastClient() {
    _ = socket.set(.keepAlivePace(seconds: 1)) ?? socket.set(.keepAlive(true))
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
    let wanted =
      isClosed ? nil : [session.nextDeadline, middleboxes.nextDeadline].compactMap { $0 }.min()
    guard wanted != timer?.at else { return }
    if let timer { loop.cancel(timer.token) }
    timer = wanted.map { moment in
      let token = loop.schedule(at: moment) { [weak self] in
        self?.passTime()
      }
      return (token, moment)
    }
  }

  private func passTime() {
    timer = nil
    pass(middleboxes.release(now: loop.now))
    if let due = session.nextDeadline, loop.now >= due { tell(.deadline) }
    setTimer()
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
    pass(middleboxes.fromServer(bytes, now: loop.now))
  }

  private func leave(_ how: Outgoing) {
    outgoing.append(how)
    write()
  }

  private func write() {
    while !isClosed, writeTimer == nil, let next = outgoing.first {
      outgoing.removeFirst()
      switch next {
      case .bytes(let bytes):
        guard write(bytes) else { return }
      case .wait(let time):
        writeTimer = loop.schedule(at: loop.now + time) { [weak self] in
          self?.writeTimer = nil
          self?.write()
        }
      case .hangUp:
        record(.closed("hang-up"))
        socket.shutdownWrite()
        if !isReading { finish("after-peer", withReset: false) }
      case .close: finish("close", withReset: false)
      case .reset: finish("reset", withReset: true)
      }
    }
    makeRoom()
    updateInterest()
  }

  /// Tells a session that says something over and over that it may go on.
  private func makeRoom() {
    guard session.awaitsRoom, outgoing.isEmpty, !isMakingRoom, !isClosed else { return }
    isMakingRoom = true
    loop.soon { [weak self] in
      guard let self else { return }
      isMakingRoom = false
      tell(.sent)
    }
  }

  /// Writes a segment; false when the rest must wait or nothing more can be written.
  private func write(_ bytes: ArraySlice<UInt8>) -> Bool {
    // A segment's end that is marked would push what Nagle's algorithm holds (measured, Linux 6.18).
    switch socket.write(bytes, endsSegment: !script.usesNagle, wantsTimestamps: false) {
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
    let isBlocked = script.habits.contains(.writesBeforeReading) && !outgoing.isEmpty
    socket.setInterest(
      reading: isReading && session.wantsInput && !isBlocked,
      writing: !outgoing.isEmpty && writeTimer == nil)
  }

  private func finish(_ how: String, withReset: Bool) {
    guard !isClosed else { return }
    isClosed = true
    if let writeTimer { loop.cancel(writeTimer) }
    record(.closed(how))
    setTimer()
    socket.close(withReset: withReset)
    ended()
  }
}
