import CGnuTLS
import SessionTrace

/// More than any real handshake takes; what goes on beyond it only keeps us busy.
let longestHandshake = 256 * 1024

/// A change_cipher_spec record, shorter than any other: 5 bytes of header and 1.
private let changeCipherSpecLength = 6

/// How often GnuTLS may report something harmless without taking input before we stop asking.
private let patience = 16

extension TLSSession {
  /// Lets GnuTLS do all it can with the ciphertext that is there.
  func advance() -> [Action] {
    var actions: [Action] = []
    if state == .handshaking { actions += shakeHands() }
    if state == .established { actions += readRecords() }
    return actions
  }

  /// Takes what GnuTLS pushed as one flight of handshake messages or alerts.
  func takeFlight() -> TLSFlight {
    let bytes = memory.takeOutput()
    return TLSFlight(bytes: bytes, records: RecordSpan.scan(bytes))
  }

  /// `send` with what GnuTLS pushed, or nothing.
  func takeOutput() -> [Action] {
    memory.outputLength == 0 ? [] : [.send(takeFlight())]
  }

  /// The same while the handshake waits for more.
  ///
  /// A TLS 1.3 client says change_cipher_spec for old middleboxes as soon as it has the ServerHello. When
  /// the rest of the server's flight is in a later segment, that would leave as a packet of 6 bytes;
  /// nobody waits for it (RFC 8446 appendix D.4), so it goes with the Finished.
  private func takeFinishedOutput() -> [Action] {
    memory.outputLength == changeCipherSpecLength ? [] : takeOutput()
  }

  private func shakeHands() -> [Action] {
    var rounds = Rounds()
    while true {
      let code = unsafe gnutls.handshake(memory.handle)
      noteClientHello()
      switch rounds.classify(Int(code), inputLength: memory.inputLength) {
      case .text: return establish()
      case .waiting: return takeFinishedOutput()
      case .harmless: continue
      case .broken(let code): return fail(code)
      }
    }
  }

  private func readRecords() -> [Action] {
    var actions: [Action] = []
    var plaintext: [UInt8] = []
    var ending: [Action] = []
    var rounds = Rounds()
    reading: while true {
      let received = memory.receiveRecord(into: &plaintext)
      if received == 0 {
        state = .peerClosed
        ending = [.closed(clean: true)]
        break reading
      }
      switch rounds.classify(received, inputLength: memory.inputLength) {
      case .text: continue
      case .waiting: break reading
      case .harmless:
        if received == GNUTLS_E_REHANDSHAKE { declineRenegotiation() }
        if received == GNUTLS_E_REAUTH_REQUEST { showCertificate() }
      case .broken(let code):
        ending = fail(code)
        break reading
      }
    }
    if !plaintext.isEmpty { actions.append(.plaintext(plaintext)) }
    return actions + takeOutput() + ending
  }

  private func establish() -> [Action] {
    let sent = takeOutput()
    unsafe format = RecordFormat(session: memory.handle)
    if case .client(let client) = role, judgement == nil {
      // No certificate came: an anonymous or pre-shared key exchange, or a session resumed, of which GnuTLS
      // knows the certificates that came at first.
      if !accepts(client) {
        lastSummary = summary()
        return sent + fail(GNUTLS_E_NO_CERTIFICATE_FOUND)
      }
    }
    state = .established
    let established = summary()
    lastSummary = established
    return sent + [.established(established)]
  }

  private func noteClientHello() {
    guard clientHelloLength == 0, memory.outputLength > 0 else { return }
    switch role {
    case .client: clientHelloLength = memory.outputLength
    case .server: clientHelloLength = handshakeBytes
    }
  }

  /// RFC 8446 section 4.6.2: the server wants to know only now who we are. C: gnutls_reauth, which for a client
  /// says all of its answer at once.
  private func showCertificate() {
    wasAskedLate = true
    _ = unsafe gnutls.reauth(memory.handle, 0)
    lastSummary?.clientCertificate = ownCertificate
  }

  /// RFC 5246 section 7.2.2: a warning, after which the session goes on as it was.
  private func declineRenegotiation() {
    _ = unsafe gnutls.alert_send(memory.handle, GNUTLS_AL_WARNING, GNUTLS_A_NO_RENEGOTIATION)
  }
}

/// Sorts GnuTLS's return values, and sees to it that harmless ones do not come forever.
private struct Rounds {
  enum Outcome {
    /// Success, or that many bytes of text.
    case text
    /// More ciphertext is needed.
    case waiting
    /// A warning alert, a ticket, a request to renegotiate: ask again.
    case harmless
    /// A fatal error code.
    case broken(Int32)
  }

  private var lastInputLength = Int.max
  private var withoutProgress = 0

  mutating func classify(_ value: Int, inputLength: Int) -> Outcome {
    if value >= 0 { return .text }
    let code = Int32(truncatingIfNeeded: value)
    // GnuTLS says so too after a ticket or a key update, with text waiting right behind it.
    if code == GNUTLS_E_AGAIN, inputLength == 0 { return .waiting }
    if gnutls.error_is_fatal(code) != 0 { return .broken(code) }
    withoutProgress = inputLength < lastInputLength ? 0 : withoutProgress + 1
    lastInputLength = inputLength
    return withoutProgress < patience ? .harmless : .broken(code)
  }
}
