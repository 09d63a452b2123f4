import SessionTrace
import TLSEngine
import Testing

@Suite("Certificates")
struct CertificateTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var validity = ServerCredentials.Validity.valid
    var verifyName: String? = "mx.example.com"
    var isTrusted = true
    /// In GnuTLS's words; empty when the certificate is good.
    var problems: [String] = []
    var alert = ""
    var testDescription: String { "\(validity) for \(verifyName ?? "any name"): \(problems)" }
  }

  static let rows = [
    Row(),
    Row(verifyName: nil),
    Row(verifyName: "mx.example.com."),
    Row(verifyName: "127.0.0.1"),
    Row(verifyName: "::1"),
    Row(
      verifyName: "other.example.com",
      problems: ["The name in the certificate does not match the expected."],
      alert: "bad_certificate"),
    Row(
      verifyName: "127.0.0.2",
      problems: ["The name in the certificate does not match the expected."],
      alert: "bad_certificate"),
    Row(
      validity: .expired, problems: ["The certificate chain uses expired certificate."],
      alert: "certificate_expired"),
    Row(
      validity: .notYetValid, problems: ["The certificate chain uses not yet valid certificate."],
      alert: "bad_certificate"),
    Row(
      isTrusted: false, problems: ["The certificate issuer is unknown."], alert: "unknown_ca"),
  ]

  @Test("The verdict on a certificate is reported, and the session goes on", arguments: rows)
  func reported(row: Row) throws {
    var pair = try conversation(row, requireVerified: false)
    pair.shakeHands()
    let summary = try #require(pair.clientEvents.summary)
    #expect(summary.verified == row.problems.isEmpty)
    #expect(summary.verificationProblems == row.problems)
  }

  @Test(
    "When it is required, the session fails with the reasons and the right alert", arguments: rows)
  func required(row: Row) throws {
    var pair = try conversation(row, requireVerified: true)
    pair.shakeHands()
    if row.problems.isEmpty {
      #expect(pair.clientEvents.summary?.verified == true)
    } else {
      #expect(
        pair.clientEvents == [
          .failed(
            TLSFailureRecord(
              name: "GNUTLS_E_CERTIFICATE_VERIFICATION_ERROR",
              text: row.problems.joined(separator: " ")))
        ])
      #expect(pair.serverEvents.failure?.alert == row.alert)
      let summary = try #require(pair.client.lastSummary)
      #expect(summary.verificationProblems == row.problems)
      #expect(summary.certificates.first?.subject == "CN=mx.example.com")
    }
  }

  @Test("The lines of a certificate are those a ticket needs")
  func lines() throws {
    let pair = try Conversation.established()
    let certificate = try #require(pair.clientEvents.summary?.certificates.first)
    #expect(certificate.subject == "CN=mx.example.com")
    #expect(certificate.issuer == "CN=mx.example.com")
    #expect(certificate.names == ["mx.example.com", "127.0.0.1", "::1"])
    #expect(certificate.key == "ECDSA 256 bits")
    #expect(certificate.fingerprint.count == 64)
    #expect(certificate.notBefore.count == "2026-11-21T10:02:11Z".count)
    #expect(certificate.notBefore < certificate.notAfter)
  }

  @Test("An RSA certificate is named as such")
  func rsa() throws {
    let credentials = try ServerCredentials.selfSigned(
      commonName: "mx.example.com", names: [], key: .rsa2048)
    var pair = try Conversation(
      client: Samples.client(), server: ServerConfiguration(credentials: credentials))
    pair.shakeHands()
    let certificate = try #require(pair.clientEvents.summary?.certificates.first)
    #expect(certificate.key == "RSA 2048 bits")
    #expect(certificate.names.isEmpty)
  }

  @Test("Text in a certificate cannot reach a terminal")
  func hostileName() throws {
    let credentials = try ServerCredentials.selfSigned(
      commonName: "mx\u{1B}[2Jé", names: [])
    var pair = try Conversation(
      client: Samples.client(), server: ServerConfiguration(credentials: credentials))
    pair.shakeHands()
    let certificate = try #require(pair.clientEvents.summary?.certificates.first)
    #expect(certificate.subject == "CN=mx\\x1B[2J\\xC3\\xA9")
  }

  @Test("A client certificate reaches the server", arguments: [Priorities.tls12, Priorities.tls13])
  func clientCertificate(priority: String) throws {
    let made = try ServerCredentials.selfSigned(commonName: "probe.example.org", names: [])
    let certificate = try TemporaryFile(made.pemCertificate)
    let key = try TemporaryFile(made.pemKey)
    var client = Samples.client(priority: priority)
    client.clientCertificate = ClientCertificate(
      certificatePath: certificate.path, keyPath: key.path)
    var server = try Samples.server(priority: priority)
    server.requireClientCertificate = true
    var pair = try Conversation(client: client, server: server)
    pair.shakeHands()
    #expect(pair.clientEvents.failure == nil)
    #expect(pair.serverEvents.summary?.certificates.first?.subject == "CN=probe.example.org")
  }

  @Test("A common name alone names nobody", arguments: [true, false])
  func commonName(requireVerified: Bool) throws {
    let made = try ServerCredentials.selfSigned(commonName: "mx.example.com", names: [])
    let summary = try handshake(with: made, requireVerified: requireVerified)
    let problem =
      "The certificate names nobody but in its common name, which does not count (RFC 9525)."
    #expect(summary.problems == [problem])
    #expect(summary.isEstablished != requireVerified)
  }

  @Test("An RSA key of 1024 bits is too short to be trusted, one of 2048 is not")
  func shortKey() throws {
    for (key, isTrusted) in [(ServerCredentials.Key.rsa1024, false), (.rsa2048, true)] {
      let made = try ServerCredentials.selfSigned(
        commonName: "mx.example.com", names: ["mx.example.com"], key: key)
      let summary = try handshake(with: made, requireVerified: true)
      #expect(summary.isEstablished == isTrusted, "\(summary)")
      #expect(summary.problems.isEmpty == isTrusted)
    }
  }

  @Test(
    "TLS before 1.2 verifies nothing, and is reported and no more where nobody asks",
    arguments: ["TLS1.0", "TLS1.1", "TLS1.2", "TLS1.3"])
  func oldVersion(version: String) throws {
    let made = try Samples.credentials.get()
    let priority = "LEGACY:-VERS-ALL:+VERS-\(version)"
    let isOld = ["TLS1.0", "TLS1.1"].contains(version)
    let strict = try handshake(with: made, priority: priority, requireVerified: true)
    #expect(
      strict.problems == (isOld ? ["\(version) verifies nothing any more (RFC 8996)."] : []))
    #expect(strict.isEstablished != isOld)
    let lenient = try handshake(with: made, priority: priority, requireVerified: false)
    #expect(lenient.isEstablished && lenient.problems.isEmpty)
  }

  @Test("A directory is trusted by its hashed files, as OpenSSL does")
  func directory() throws {
    let made = try Samples.credentials.get()
    let folder = try TemporaryFolder()
    func outcome() -> Result<Bool, TLSError> {
      Result { () throws(TLSError) in
        do {
          return try handshake(with: made, trust: folder.path, requireVerified: true).isEstablished
        } catch let error as TLSError {
          throw error
        } catch {
          throw TLSError(operation: "test", name: "\(error)", text: "")
        }
      }
    }
    guard case .failure(let empty) = outcome() else {
      Issue.record("an empty directory was taken")
      return
    }
    #expect(empty.description.contains("no file in it has a hashed name"))
    try folder.write(made.pemCertificate, to: "ca.pem")
    #expect((try? outcome().get()) == nil)
    try folder.write(made.pemCertificate, to: "0a1b2c3d.0")
    #expect(try outcome().get())
  }

  @Test("A trust file without a certificate is an error of ours")
  func emptyTrust() throws {
    let file = try TemporaryFile("not a certificate\n")
    let error = #expect(throws: TLSError.self) {
      try TLSSession(client: ClientConfiguration(trustFile: file.path))
    }
    #expect(error?.description.hasPrefix("cannot read the trust file \(file.path): ") == true)
  }

  /// What a client that trusts this certificate, or what `trust` holds, makes of it.
  private func handshake(
    with credentials: ServerCredentials, trust: String? = nil, priority: String? = nil,
    requireVerified: Bool
  ) throws -> (isEstablished: Bool, problems: [String]) {
    let file = try TemporaryFile(credentials.pemCertificate)
    defer { withExtendedLifetime(file) {} }
    var pair = try Conversation(
      client: ClientConfiguration(
        serverName: "mx.example.com", verifyName: "mx.example.com", priority: priority,
        trustFile: trust ?? file.path, loadSystemTrust: false, requireVerified: requireVerified),
      server: ServerConfiguration(credentials: credentials, priority: priority))
    pair.shakeHands()
    if let summary = pair.clientEvents.summary { return (true, summary.verificationProblems) }
    return (false, pair.client.lastSummary?.verificationProblems ?? [])
  }

  private func conversation(_ row: Row, requireVerified: Bool) throws -> Conversation {
    let credentials = try ServerCredentials.selfSigned(
      commonName: "mx.example.com", names: ["mx.example.com", "127.0.0.1", "::1"],
      validity: row.validity)
    let file = try TemporaryFile(row.isTrusted ? credentials.pemCertificate : "")
    defer { withExtendedLifetime(file) {} }
    return try Conversation(
      client: ClientConfiguration(
        serverName: "mx.example.com", verifyName: row.verifyName,
        trustFile: row.isTrusted ? file.path : nil, loadSystemTrust: false,
        requireVerified: requireVerified),
      server: ServerConfiguration(credentials: credentials))
  }
}
