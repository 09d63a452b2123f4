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
