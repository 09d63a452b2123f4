import SessionTrace
import TLSEngine
import Testing

@Suite("Settings")
struct SettingsTests {
  @Test(
    "A bad priority string names the place",
    arguments: [
      ("NORMAL:+VERS-TLS9.9", "not understood from byte 8 on: \"+VERS-TLS9.9\""),
      ("BOGUS", "not understood from byte 1 on: \"BOGUS\""),
      ("NORMAL:%NOSUCH:+VERS-TLS1.2", "not understood from byte 8 on: \"%NOSUCH:+VERS-TLS1.2\""),
    ])
  func badPriority(priority: String, text: String) throws {
    let error = #expect(throws: TLSError.self) {
      try TLSSession(client: ClientConfiguration(priority: priority))
    }
    #expect(error?.operation == "use the TLS priority string \(priority)")
    #expect(error?.text == text)
  }

  @Test("Files that are not there are errors of ours, before anything is sent")
  func missingFiles() {
    let trust = #expect(throws: TLSError.self) {
      try TLSSession(client: ClientConfiguration(trustFile: "/nonexistent/ca.pem"))
    }
    #expect(
      trust?.description
        == "cannot read the trust file /nonexistent/ca.pem: Error while reading file.")
    let own = ClientCertificate(certificatePath: "/nonexistent/c", keyPath: "/nonexistent/k")
    let certificate = #expect(throws: TLSError.self) {
      try TLSSession(client: ClientConfiguration(clientCertificate: own))
    }
    #expect(certificate?.name == "GNUTLS_E_FILE_ERROR")
    #expect(throws: TLSError.self) {
      try ServerCredentials.pem(certificatePath: "/nonexistent/c", keyPath: "/nonexistent/k")
    }
  }

  @Test(
    "SNI is sent when there is a name, as it must be spelt, and only then",
    arguments: [
      ("mx.example.com", "mx.example.com"), ("mx.example.com.", "mx.example.com"), (nil, nil),
      ("127.0.0.1", nil), ("::1", nil), (".", nil), ("", nil),
    ] as [(String?, String?)])
  func serverName(given: String?, sent: String?) throws {
    var client = Samples.client()
    client.serverName = given
    var pair = try Conversation(client: client, server: Samples.server())
    pair.shakeHands()
    #expect(try #require(pair.clientEvents.summary).serverName == sent)
    #expect(try #require(pair.serverEvents.summary).serverName == sent)
  }

  @Test("ALPN picks the protocol that both have")
  func alpn() throws {
    var client = Samples.client()
    client.alpn = ["acme", "smtp"]
    var server = try Samples.server()
    server.alpn = ["lmtp", "smtp"]
    var pair = try Conversation(client: client, server: server)
    pair.shakeHands()
    #expect(pair.clientEvents.summary?.alpn == "smtp")
    #expect(pair.serverEvents.summary?.alpn == "smtp")
  }

  @Test(
    "What was negotiated is told in GnuTLS's names",
    arguments: [
      (Priorities.aead[0], "TLS1.3", "AES-256-GCM"),
      (Priorities.aead[4], "TLS1.2", "CHACHA20-POLY1305"),
    ])
  func words(priority: String, version: String, cipher: String) throws {
    let pair = try Conversation.established(priority: priority + ":-GROUP-ALL:+GROUP-X25519")
    let summary = try #require(pair.clientEvents.summary)
    #expect(summary.version == version)
    #expect(summary.cipher == cipher)
    #expect(summary.group == "X25519")
    #expect(summary.description.hasPrefix("(TLS1."))
    #expect(!summary.resumed)
    #expect(summary.alpn == nil)
    #expect(pair.client.lastSummary == summary)
  }

  @Test("The library tells its version")
  func version() {
    #expect(TLSSession.libraryVersion?.hasPrefix("3.") == true)
  }

  @Test("PEM files make the same credentials as the process does")
  func pemFiles() throws {
    let made = try ServerCredentials.selfSigned(commonName: "mx.example.com", names: ["a.example"])
    let certificate = try TemporaryFile(made.pemCertificate)
    let key = try TemporaryFile(made.pemKey)
    let read = try ServerCredentials.pem(certificatePath: certificate.path, keyPath: key.path)
    #expect(read.pemCertificate == made.pemCertificate)
    var pair = try Conversation(
      client: Samples.client(), server: ServerConfiguration(credentials: read))
    pair.shakeHands()
    #expect(pair.clientEvents.summary?.certificates.first?.names == ["a.example"])
  }
}
