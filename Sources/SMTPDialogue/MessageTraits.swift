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

  /// Whether its last line has nothing in it.
  package private(set) var endsWithEmptyLine = false

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
    case .lastLine: traits.endsWithEmptyLine.toggle()
    }
    return traits
  }

  /// Takes the next bytes of the content into account.
  package mutating func read(_ bytes: [UInt8]) {
    size += bytes.count
    hasZeros = hasZeros || bytes.firstIndex(of: 0, from: 0) != nil
    hasEightBit = hasEightBit || bytes.firstEightBit(from: 0) != nil
    var position = 0
    while position < bytes.count {
      let end = bytes.firstLineBreak(from: position) ?? bytes.count
      if end > position { readText(bytes[position..<end]) }
      if end < bytes.count { readLineBreak(bytes[end]) }
      position = end + 1
    }
  }

  /// A stretch without line ends.
  private mutating func readText(_ text: ArraySlice<UInt8>) {
    if last == Byte.cr { hasBareLineEnds = true }
    if line == 0, text.first == Byte.dot { hasLeadingDots = true }
    endsWithEmptyLine = false
    line += text.count
    longestLine = max(longestLine, line)
    last = text.last ?? last
  }

  private mutating func readLineBreak(_ byte: UInt8) {
    if (byte == Byte.lf) != (last == Byte.cr) { hasBareLineEnds = true }
    if byte == Byte.lf {
      endsWithEmptyLine = line == 0
      line = 0
    }
    last = byte
  }
}
