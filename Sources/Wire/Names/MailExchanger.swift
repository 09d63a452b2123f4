/// One MX record (RFC 5321 section 5.1).
package struct MailExchanger: Sendable, Hashable {
  /// Lower is tried first.
  package var preference: Int
  /// A host name without trailing dot.
  package var host: String

  /// A record.
  package init(preference: Int, host: String) {
    self.preference = preference
    self.host = host
  }
}
