import SessionTrace
import TLSEngine
import Wire

/// One connection, from the attempt on: in clear text, and under TLS once that is begun.
///
/// ```
/// session or nudge ─ channel ─ TLS, once there is ─ transport
/// ```
/// Between sealing and writing lies the cutting into segments, which is why these are two calls.
final class Channel {
  let transport: any Transport
  private(set) var tls: TLSSession?
  /// What came last under TLS: an answer that began, should it never end.
  private(set) var recordTail = RecordTail()
  /// How the peer ended its TLS stream: with its closing word, or without; `nil` while it has not.
  private(set) var closeNotify: Bool?
  /// The reset that a write met, while what came before it is still being read.
  private(set) var brokenBy: SystemFailure?

  /// A connection that is to be made.
  init(_ transport: any Transport) { self.transport = transport }

  /// Begins the handshake; what is sent from here on is sealed.
  func secure(_ configuration: ClientConfiguration) throws(TLSError) -> [TLSSession.Action] {
    let tls = try TLSSession(client: configuration)
    self.tls = tls
    return tls.start()
  }

  // MARK: Reading

  /// What one read brought.
  enum Arrival {
    case bytes(Opened)
    case wouldBlock
    case endOfStream
    case failed(SystemFailure)
  }

  /// The bytes of one read, and what TLS makes of them.
  struct Opened {
    /// Bytes off the wire.
    var count: Int
    /// The clear text among them, in one piece, so that one read stays one read.
    var clear: [UInt8]
    /// What TLS wants done, clear text apart.
    var actions: [TLSSession.Action] = []
    var at: Microseconds

    /// Whether TLS is at its end with this read, behind the clear text of it.
    var endsTLS: Bool {
      actions.contains { action in
        switch action {
        case .failed, .closed: true
        case .send, .established, .plaintext: false
        }
      }
    }
  }

  /// Reads once. TLS without its own closing word is closed all the same when the stream is.
  func read(atMost limit: Int = 65_536) -> Arrival {
    switch transport.read(atMost: limit) {
    case .bytes(let bytes, let moment): return .bytes(open(bytes, at: moment))
    case .wouldBlock: return .wouldBlock
    case .endOfStream:
      endStream()
      return .endOfStream
    case .failed(let failure):
      endStream()
      return .failed(failure)
    }
  }

  private func open(_ bytes: [UInt8], at moment: Microseconds) -> Opened {
    guard let tls else { return Opened(count: bytes.count, clear: bytes, at: moment) }
    recordTail.append(bytes, at: moment)
    var opened = Opened(count: bytes.count, clear: [], at: moment)
    for action in tls.receive(bytes) {
      if case .plaintext(let text) = action {
        opened.clear += text
      } else {
        opened.actions.append(action)
      }
    }
    note(opened.actions)
    return opened
  }

  /// Nothing more will be read.
  func endStream() { note(tls?.endOfStream() ?? []) }

  private func note(_ actions: [TLSSession.Action]) {
    for case .closed(let isClean) in actions { closeNotify = isClean }
  }

  /// A flight of ours answers what came of the handshake so far.
  func noteAnswer() { recordTail.answered() }

  // MARK: Writing

  /// Bytes as the wire carries them, and how clear text maps onto them.
  struct Sealed {
    var bytes: [UInt8]
    private let flight: TLSFlight?

    init(_ bytes: [UInt8], flight: TLSFlight? = nil) {
      self.bytes = bytes
      self.flight = flight
    }

    /// Where the clear text up to `offset` ends.
    func wireOffset(ofEnd offset: Int) -> Int { flight?.wireOffset(ofEnd: offset) ?? offset }
  }

  /// Once there is TLS, nothing leaves in clear again, whatever became of it.
  func seal(_ clear: [UInt8]) -> Result<Sealed, TLSError> {
    guard let tls, !clear.isEmpty else { return .success(Sealed(clear)) }
    return tls.seal(clear[...]).map { Sealed($0.bytes, flight: $0) }
  }

  /// Hands bytes as they are to the kernel, as many as it takes.
  func write(
    _ wire: ArraySlice<UInt8>, endsSegment: Bool = false, wantsTimestamps: Bool = false
  ) -> WriteOutcome {
    let outcome = transport.write(
      wire, endsSegment: endsSegment, wantsTimestamps: wantsTimestamps)
    // `EPIPE` says that FIN had come before the reset: that is read as the end that it is.
    if case .failed(let failure) = outcome, failure.name != "EPIPE" { brokenBy = failure }
    return outcome
  }

  /// Closes the connection; where `politely`, TLS is closed by its own word before.
  ///
  /// Bytes that never left must not leave after the verdict: a message that stalled here would
  /// otherwise be delivered behind our back once the peer reads again.
  func close(politely: Bool, unsent: Int) {
    if politely, let tls, tls.isEstablished { _ = write(tls.close().bytes[...]) }
    transport.close(withReset: max(unsent, transport.facts().unsent ?? 0) > 0)
  }
}
