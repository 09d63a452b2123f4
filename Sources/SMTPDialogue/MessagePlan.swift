/// What is known of a message before it is sent: enough for the parameters of MAIL.
package struct MessagePlan: Equatable, Sendable {
  /// Content bytes before dot-stuffing, for `SIZE=` (RFC 1870); `nil` when not known beforehand.
  package var size: Int?
  /// Whether some byte is over 127, for `BODY=8BITMIME` (RFC 6152); `nil` when not known.
  package var hasEightBit: Bool?

  package init(size: Int? = nil, hasEightBit: Bool? = nil) {
    self.size = size
    self.hasEightBit = hasEightBit
  }
}
