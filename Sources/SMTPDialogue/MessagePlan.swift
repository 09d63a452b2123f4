/// What is known of a message before it is sent: enough for the parameters of MAIL.
package struct MessagePlan: Equatable, Sendable {
  /// Content bytes before dot-stuffing, for `SIZE=` (RFC 1870); `nil` when not known beforehand.
  package var size: Int?
  /// The content does not end in CRLF: DATA adds it, and `size` counts it.
  package var lacksLineEnd: Bool
  /// Whether some byte is over 127, for `BODY=8BITMIME` (RFC 6152); `nil` when not known.
  package var hasEightBit: Bool?
  /// Whether some line begins with a dot, which DATA doubles; `nil` when not known.
  package var hasLeadingDots: Bool?

  /// It can be sent once and not again: a pipe.
  package var isReadOnce = false

  /// Content bytes as they are, which is what BDAT sends.
  package var exactSize: Int? { size.map { $0 - (lacksLineEnd ? 2 : 0) } }

  /// Content bytes that are handed over at once, and no reply read in between.
  package static let piece = 65_536

  /// Whether there is more than one goes out with: a reply can come in the middle, and one behind the 354
  /// does.
  var hasMiddle: Bool { size.map { $0 > Self.piece } ?? false }

  package init(
    size: Int? = nil, lacksLineEnd: Bool = false, hasEightBit: Bool? = nil,
    hasLeadingDots: Bool? = nil
  ) {
    self.size = size
    self.lacksLineEnd = lacksLineEnd
    self.hasEightBit = hasEightBit
    self.hasLeadingDots = hasLeadingDots
  }
}
