/// What became of the server's request for a certificate of ours.
package enum OwnCertificate: String, Codable, Sendable, CaseIterable {
  case notAskedFor = "not_asked_for"
  /// It was asked for, and none was shown.
  case askedFor = "asked_for"
  case shown
  /// Shown when the handshake was over and it was asked for only then (RFC 8446 section 4.6.2).
  case shownLate = "shown_late"
}

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
  /// Whether the peer ended its stream with close_notify (RFC 8446 section 6.1), or TCP without it;
  /// `nil` while neither was seen, as when we left first.
  package var closeNotify: Bool?
  /// `nil` in reports that do not tell.
  package var clientCertificate: OwnCertificate?

  package init(
    version: String, cipher: String, group: String?, description: String, serverName: String?,
    alpn: String?, resumed: Bool, certificates: [CertificateSummary], verified: Bool,
    verificationProblems: [String], clientHelloLength: Int, closeNotify: Bool? = nil,
    clientCertificate: OwnCertificate? = nil
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
    self.closeNotify = closeNotify
    self.clientCertificate = clientCertificate
  }

  private enum CodingKeys: String, CodingKey {
    case version, cipher, group, description, alpn, resumed, certificates, verified
    case serverName = "server_name"
    case verificationProblems = "verification_problems"
    case clientHelloLength = "client_hello_length"
    case closeNotify = "close_notify"
    case clientCertificate = "client_certificate"
  }
}
