/// Where the mail of a domain goes.
package struct MailRoute: Sendable, Hashable {
  /// Best first; at least one.
  package var exchangers: [MailExchanger]
  /// Whether the domain has no MX record and is its own exchanger (RFC 5321 section 5.1).
  package var isImplicit: Bool
  /// Whether a null MX stands beside others, as it must not (RFC 7505 section 3).
  package var hasNullMX: Bool

  package init(_ exchangers: [MailExchanger], isImplicit: Bool = false, hasNullMX: Bool = false) {
    self.exchangers = exchangers
    self.isImplicit = isImplicit
    self.hasNullMX = hasNullMX
  }
}
