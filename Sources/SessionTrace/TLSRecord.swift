/// What was negotiated, and what the certificate was worth.
package struct TLSSummary: Codable, Sendable, Equatable {
  /// `TLS1.3`.
  package var version: String
  /// `AES-256-GCM`.
  package var cipher: String
  /// `X25519`; `nil` when the key exchange uses none.
  package var group: String?
  /// GnuTLS's one-line description of the session.
  package var description: String
  /// The name sent for SNI; `nil` when none was sent.
  package var serverName: String?
  package var alpn: String?
  package var resumed: Bool
  /// Leaf first.
  package var certificates: [CertificateSummary]
  /// Whether the chain leads to a trusted root and the name matches.
  package var verified: Bool
  /// Why not, in GnuTLS's words; empty when verified.
  package var verificationProblems: [String]
  /// Bytes of the ClientHello, record headers included.
  package var clientHelloLength: Int

  package init(
    version: String, cipher: String, group: String?, description: String, serverName: String?,
    alpn: String?, resumed: Bool, certificates: [CertificateSummary], verified: Bool,
    verificationProblems: [String], clientHelloLength: Int
  ) {
    self.version = version
    self.cipher = cipher
    self.group = group
    self.description = description
    self.serverName = serverName
    self.alpn = alpn
    self.resumed = resumed
    self.certificates = certificates
    self.verified = verified
    self.verificationProblems = verificationProblems
    self.clientHelloLength = clientHelloLength
  }

  private enum CodingKeys: String, CodingKey {
    case version, cipher, group, description, alpn, resumed, certificates, verified
    case serverName = "server_name"
    case verificationProblems = "verification_problems"
    case clientHelloLength = "client_hello_length"
  }
}

/// The lines of a certificate that a ticket needs.
package struct CertificateSummary: Codable, Sendable, Equatable {
  package var subject: String
  package var issuer: String
  /// RFC 3339, UTC.
  package var notBefore: String
  package var notAfter: String
  /// DNS names and addresses of the subject alternative name.
  package var names: [String]
  /// `ECDSA 256 bits`.
  package var key: String
  /// SHA-256 of the DER form, lower-case hexadecimal.
  package var fingerprint: String

  package init(
    subject: String, issuer: String, notBefore: String, notAfter: String, names: [String],
    key: String, fingerprint: String
  ) {
    self.subject = subject
    self.issuer = issuer
    self.notBefore = notBefore
    self.notAfter = notAfter
    self.names = names
    self.key = key
    self.fingerprint = fingerprint
  }

  private enum CodingKeys: String, CodingKey {
    case subject, issuer, names, key
    case notBefore = "not_before"
    case notAfter = "not_after"
    case fingerprint = "sha256"
  }
}
