/// Which addresses are wanted.
package enum AddressFamily: String, Sendable, CaseIterable {
  /// Both, in the system's order (RFC 6724).
  case any
  /// A records only.
  case ipv4
  /// AAAA records only.
  case ipv6
}
