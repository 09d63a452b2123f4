package import SessionOptions

/// Message content with some of its traits mended, piece by piece in constant memory.
///
/// For experiments: the same message without the trait that a server may choke on. Zero bytes become
/// digits and bytes over 127 question marks, so that sizes and places stay; lines and line ends can
/// only be mended by adding bytes.
package struct ContentMender: Sendable {
  /// Characters of a line at most, where long lines are mended.
  package static let lineLength = 72

  private let mends: Set<MessageMend>
  /// A CR came, and what follows it is not known yet.
  private var holdsCR = false
  private var column = 0
  private var isHeader = true
  private var mended: [UInt8] = []

  /// A mender of these traits.
  package init(_ mends: Set<MessageMend>) { self.mends = mends }

  /// The next bytes, mended; what depends on bytes to come is kept back.
  package mutating func mend(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    mended = []
    for byte in bytes { take(byte) }
    return mended
  }

  /// What was kept back, at the end of the content.
  package mutating func finish() -> [UInt8] {
    mended = []
    if holdsCR { endLine() }
    holdsCR = false
    return mended
  }

  private mutating func take(_ byte: UInt8) {
    guard mends.contains(.lineEnds) else { return put(byte) }
    switch (holdsCR, byte) {
    case (_, Byte.lf):
      holdsCR = false
      endLine()
    case (true, Byte.cr): endLine()
    case (true, _):
      holdsCR = false
      endLine()
      put(byte)
    case (false, Byte.cr): holdsCR = true
    case (false, _): put(byte)
    }
  }

  private mutating func endLine() {
    put(Byte.cr)
    put(Byte.lf)
  }

  private mutating func put(_ byte: UInt8) {
    if byte == Byte.lf {
      if column == 0 { isHeader = false }
      column = 0
    } else if byte != Byte.cr {
      if column == Self.lineLength, mends.contains(.longLines) {
        // A header goes on behind a blank (RFC 5322 section 2.2.3).
        mended += isHeader ? [Byte.cr, Byte.lf, Byte.space] : [Byte.cr, Byte.lf]
        column = isHeader ? 1 : 0
      }
      column += 1
    }
    switch byte {
    case 0 where mends.contains(.zeros): mended.append(UInt8(ascii: "0"))
    case 0x80... where mends.contains(.eightBit): mended.append(UInt8(ascii: "?"))
    default: mended.append(byte)
    }
  }
}
