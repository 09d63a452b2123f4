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
