package import SessionOptions

/// Traits of a message that some servers, and some paths, cannot bear.
package struct MessageTraits: Sendable, Equatable {
  /// Bytes of content, without dot-stuffing and end.
  package private(set) var size = 0
  package private(set) var hasZeros = false
  /// Whether some byte is over 127.
  package private(set) var hasEightBit = false
  /// Whether a CR or an LF stands alone (RFC 5321 section 2.3.8).
  package private(set) var hasBareLineEnds = false
  /// Characters of the longest line, its end not counted.
  package private(set) var longestLine = 0
  /// Whether some line begins with a dot (RFC 5321 section 4.5.2).
  package private(set) var hasLeadingDots = false

  /// Whether it has nothing that any server may choke on, but for its size.
  package var isPlain: Bool {
    !hasZeros && !hasEightBit && !hasBareLineEnds && !hasLeadingDots && longestLine <= 78
  }

  private var line = 0
  private var last: UInt8 = 0

  package init() {}

  /// Those of a made-up message of short lines.
  package static func plain(size: Int) -> MessageTraits {
    var traits = MessageTraits()
    traits.size = size
    traits.longestLine = ContentMender.lineLength
    return traits
  }

  /// Those of the message with one trait mended.
  package func mended(_ mend: MessageMend) -> MessageTraits {
    var traits = self
    switch mend {
    case .zeros: traits.hasZeros = false
    case .eightBit: traits.hasEightBit = false
    case .longLines: traits.longestLine = min(longestLine, ContentMender.lineLength)
    case .lineEnds: traits.hasBareLineEnds = false
    }
    return traits
  }

  /// Takes the next bytes of the content into account.
  package mutating func read(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { read(byte) }
  }

  private mutating func read(_ byte: UInt8) {
    size += 1
    if byte == 0 { hasZeros = true }
    if byte > 0x7F { hasEightBit = true }
    if (byte == Byte.lf) != (last == Byte.cr) { hasBareLineEnds = true }
    if byte == Byte.lf {
      line = 0
    } else if byte != Byte.cr {
      if line == 0, byte == Byte.dot { hasLeadingDots = true }
      line += 1
      longestLine = max(longestLine, line)
    }
    last = byte
  }
}
