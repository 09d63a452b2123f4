/// Why TLS failed, in GnuTLS's words.
package struct TLSFailureRecord: Codable, Sendable, Equatable {
  /// GnuTLS error name, `GNUTLS_E_FATAL_ALERT_RECEIVED`, or a word of ours: `not_offered`, `not_tls`,
  /// `fingerprint_mismatch`, `dane_mismatch`.
  package var name: String
  package var text: String
  /// The alert the peer sent, by its registered name, when one came.
  package var alert: String?
  /// The first bytes that came instead of a TLS record, escaped, when that was the trouble.
  package var firstBytes: String?

  package init(name: String, text: String, alert: String? = nil, firstBytes: String? = nil) {
    self.name = name
    self.text = text
    self.alert = alert
    self.firstBytes = firstBytes
  }

  private enum CodingKeys: String, CodingKey {
    case name, text, alert
    case firstBytes = "first_bytes"
  }
}
