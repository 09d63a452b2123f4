/// How a session comes to TLS.
package enum TLSMode: String, CaseIterable, Codable, Sendable {
  /// Stay in clear text, whatever is offered.
  case off
  /// STARTTLS when offered; on in clear text when it is not, or is refused.
  case auto
  /// STARTTLS or nothing.
  case require
  /// TLS from the first byte (RFC 8314 section 3, port 465).
  case implicit
}
