import CGnuTLS
package import SessionTrace

/// One TLS session over memory: ciphertext in, flights out; it knows no socket and no clock.
///
/// ```
///         start()            -> send(ClientHello)
/// S: ServerHello … Finished  -> send(Finished), established(summary)
///         seal("EHLO …")     -> a flight, and where in it each byte of the command lies
/// S: application data        -> plaintext("250 …")
/// S: close_notify            -> closed(clean: true)
/// ```
///
/// Ciphertext may be cut anywhere. What one call makes GnuTLS send leaves as one flight. What the peer
/// does wrong is an action, `failed`; the alert that we owe it comes as `send` before. Key updates,
/// tickets and warning alerts are dealt with in silence, and a request to renegotiate is declined.
@safe package final class TLSSession {
  /// What the owner of the session is to do, in order.
  package enum Action: Sendable, Equatable {
    /// Hand this to the wire.
    case send(TLSFlight)
    /// The handshake is over.
    case established(TLSSummary)
    /// The peer's text, as much as one call gave.
    case plaintext([UInt8])
    /// The peer has ended its stream: with close_notify, or without, which may be a cut.
    case closed(clean: Bool)
    /// The session is broken and over.
    case failed(TLSFailureRecord)
  }

  /// Where the receiving side stands.
  enum State {
    /// Messages of the handshake are expected.
    case handshaking
    /// Text flows.
    case established
    /// The peer said close_notify; we may still send.
    case peerClosed
    /// Broken, or cut without close_notify; nothing more comes or goes.
    case over
  }

  let role: TLSRole
  let memory: MemorySession
  /// Kept because GnuTLS keeps only a pointer to them.
  let credentials: CertificateCredentials
  var state = State.handshaking
  private(set) var hasSentCloseNotify = false
  private(set) var firstRecord = FirstRecordCheck()
  /// Ciphertext received before the handshake was over.
  private(set) var handshakeBytes = 0
  /// How application data is laid out; `nil` before the cipher is agreed on.
  var format: RecordFormat?
  /// What the peer's certificates are worth; `nil` before they came.
  var judgement: Judgement?
  /// The judgement for which the peer was refused.
  private(set) var refusal: Judgement?
  /// The server asked for our certificate when the handshake was over.
  var wasAskedLate = false
  /// Bytes of the ClientHello: sent by a client, received by a server before its first answer.
  var clientHelloLength = 0

  /// What is known of the session: complete once established, and of use when the handshake failed
  /// after the certificate had come.
  package internal(set) var lastSummary: TLSSummary?

  /// How the certificate stands to the TLSA records; `nil` before it came, and without such.
  package var tlsaOutcome: TLSAOutcome? { judgement?.tlsa }

  /// What the ClientHello leaves out to have the size that was asked for; `nil` when nothing.
  package let helloRemark: String?

  /// Prepares a client; nothing is sent before ``start()``.
  package convenience init(client: ClientConfiguration) throws(TLSError) {
    try self.init(client: client, hello: HelloSize(of: client))
  }

  /// A client whose hello is made in this way.
  init(client: ClientConfiguration, hello: HelloSize) throws(TLSError) {
    role = .client(client)
    helloRemark = hello.remark
    let late = client.clientCertificate == nil ? 0 : cgnutls_late_certificate
    memory = try MemorySession(flags: cgnutls_client_flags | hello.flags | late)
    credentials = try CertificateCredentials()
    try client.trust.load()
    if let own = client.clientCertificate {
      try credentials.load(certificatePath: own.certificatePath, keyPath: own.keyPath)
    }
    try configure(priority: hello.priority ?? client.priority, alpn: client.alpn)
    if let padding = hello.padding { try memory.padHello(by: padding) }
    if let name = client.announcedName { try announce(name) }
    if let resumption = client.resumption { try offerResumption(resumption) }
    // The closure is called by GnuTLS inside a call of this session's; it must not keep it alive.
    memory.acceptsCertificate = { [unowned self] in
      accepts(client)
    }
  }

  /// Judges what the peer has shown of itself, and whether that will do.
  func accepts(_ client: ClientConfiguration) -> Bool {
    let chain = unsafe CertificateChain(peerOf: memory.handle)
    var judged = client.trust.judge(chain, name: client.expectedName)
    if client.requireVerified { judged.problems += unsafe versionProblems(memory.handle) }
    if let tlsa = client.tlsa, tlsa.authenticates { judged.tlsa = chain.outcome(of: tlsa) }
    judgement = judged
    judged.pinProblem = client.pinProblem(of: chain)
    guard
      judged.pinProblem != nil || judged.tlsaProblem != nil
        || client.requireVerified && !judged.isTrusted
    else { return true }
    refusal = judged
    return false
  }

  /// Prepares a server, for the lab; it speaks when the ClientHello has come.
  package init(server: ServerConfiguration) throws(TLSError) {
    role = .server(server)
    helloRemark = nil
    memory = try MemorySession(flags: cgnutls_server_flags)
    credentials = server.credentials.credentials
    try configure(priority: server.priority, alpn: server.alpn)
    unsafe gnutls.certificate_server_set_request(memory.handle, server.certificateRequest)
    if server.sendsTickets { try enableTickets() }
  }

  /// The version of the GnuTLS library in use: `3.7.9`; `nil` where it cannot be loaded. C: gnutls_check_version.
  package static var libraryVersion: String? {
    guard unsafe cgnutls_problem() == nil, let version = gnutls.check_version(nil) else {
      return nil
    }
    return unsafe String(cString: version)
  }

  /// The same where this process has loaded the library, for TLS; `nil` where nothing has asked for it yet.
  package static var loadedVersion: String? { cgnutls_is_loaded() != 0 ? libraryVersion : nil }

  /// Whether the handshake is over and ``seal(_:)`` works: also after the peer's close_notify, which
  /// closes its direction only (RFC 8446 section 6.1).
  package var isEstablished: Bool {
    switch state {
    case .established, .peerClosed: !hasSentCloseNotify
    case .handshaking, .over: false
    }
  }

  /// Begins the handshake: a client gets its ClientHello to send, a server nothing.
  package func start() -> [Action] {
    switch state {
    case .handshaking: advance()
    case .established, .peerClosed, .over: []
    }
  }

  /// Takes the next ciphertext of the peer, cut anywhere.
  package func receive(_ ciphertext: [UInt8]) -> [Action] {
    if ciphertext.isEmpty { return [] }
    switch state {
    case .handshaking:
      if case .noTLS(let bytes) = firstRecord.receive(ciphertext) {
        return giveUp(onStranger: bytes)
      }
      handshakeBytes += ciphertext.count
      if handshakeBytes > longestHandshake { return giveUpOnEndlessHandshake() }
      memory.feed(ciphertext)
      return advance()
    case .established:
      memory.feed(ciphertext)
      return advance()
    case .peerClosed, .over:
      return []
    }
  }

  /// Takes notice that the peer's stream has ended.
  package func endOfStream() -> [Action] {
    switch state {
    case .handshaking:
      state = .over
      return [.failed(withEvidence(failure(GNUTLS_E_PREMATURE_TERMINATION)))]
    case .established:
      state = .over
      return [.closed(clean: false)]
    case .peerClosed, .over:
      return []
    }
  }

  /// Says close_notify; an empty flight when there is no session to close or it was said before.
  package func close() -> TLSFlight {
    switch state {
    case .established, .peerClosed:
      if !hasSentCloseNotify {
        hasSentCloseNotify = true
        _ = unsafe gnutls.bye(memory.handle, GNUTLS_SHUT_WR)
      }
    case .handshaking, .over: break
    }
    return takeFlight()
  }
}

/// What a verified session cannot rest on: TLS 1.0 and 1.1 authenticate by MD5 and SHA-1 (RFC 8996).
private func versionProblems(_ session: gnutls_session_t) -> [String] {
  let version = unsafe gnutls.protocol_get_version(session)
  guard version == GNUTLS_TLS1_0 || version == GNUTLS_TLS1_1 || version == GNUTLS_SSL3 else {
    return []
  }
  let name = unsafe gnutls.protocol_get_name(version).map { unsafe String(cString: $0) } ?? "this"
  return ["\(name) verifies nothing any more (RFC 8996)."]
}
