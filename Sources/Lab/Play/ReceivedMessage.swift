/// A message that a server of the lab has taken, as it came.
package struct ReceivedMessage: Sendable, Equatable {
  /// MAIL and each RCPT that was taken, line ends included.
  package var envelope: [UInt8] = []
  /// The content, doubled dots undone and the end of data left out.
  package var content: [UInt8]
}

/// Content on its way into a ``ReceivedMessage``: what has come since it began, or nothing where nobody asks.
struct KeptContent: Sendable {
  /// More than this is nothing to compare with in a test.
  static let most = 64 << 20

  private var bytes: [UInt8]?

  init(isWanted: Bool) { bytes = isWanted ? [] : nil }

  mutating func take(_ part: ArraySlice<UInt8>) {
    guard let count = bytes?.count else { return }
    if count + part.count > Self.most { bytes = nil } else { bytes?.append(contentsOf: part) }
  }

  /// What came by DATA, of which `count` bytes are content and the others its end.
  func message(ofLength count: Int, isStuffed: Bool) -> [UInt8]? {
    guard let kept = bytes?.prefix(count) else { return nil }
    guard isStuffed else { return Array(kept) }
    var result: [UInt8] = []
    result.reserveCapacity(kept.count)
    var (previous, isLineStart) = (UInt8(10), true)
    for byte in kept {
      // RFC 5321 section 4.5.2: the first dot of a line goes; nothing but CRLF ends one.
      if !(isLineStart && byte == UInt8(ascii: ".")) { result.append(byte) }
      isLineStart = byte == 10 && previous == 13
      previous = byte
    }
    return result
  }
}
