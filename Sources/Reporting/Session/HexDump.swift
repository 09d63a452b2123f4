import SessionTrace

/// Bytes in hexadecimal, sixteen a line by their offsets, with marks between them.
///
/// ```
///      512  3a 3c 61 40 62 2e 65 78 61 6d 70 6c 65 3e 0d 0a  |:<a@b.example>..|
///           -- acknowledged up to here, 528 --
/// ```
struct HexDump {
  private(set) var lines: [String] = []
  private static let perLine = 16

  /// The bytes from `start` on; a line ends at each mark, which stands behind it.
  mutating func add(_ bytes: [UInt8], from start: Int, marks: [(at: Int, words: String)] = []) {
    var offset = start
    while offset < start + bytes.count {
      let next = marks.map(\.at).filter { $0 > offset }.min() ?? .max
      let end = min(start + bytes.count, (offset / Self.perLine + 1) * Self.perLine, next)
      add(line: bytes[(offset - start)..<(end - start)], at: offset)
      offset = end
      for mark in marks where mark.at == offset { add(mark.words) }
    }
  }

  /// Words between the lines.
  mutating func add(_ words: String) { lines.append("          -- \(words) --") }

  private mutating func add(line bytes: ArraySlice<UInt8>, at offset: Int) {
    // What is missing in front and behind stays empty, so that columns are the same in all lines.
    let before = String(repeating: " ", count: offset % Self.perLine)
    let codes = bytes.map { byte in
      let digits = String(byte, radix: 16)
      return (digits.utf8.count < 2 ? "0" : "") + digits
    }
    let letters = bytes.map { (0x20...0x7E).contains($0) ? Character(Unicode.Scalar($0)) : "." }
    let hex = padded(before + before + before + codes.joined(separator: " "), Self.perLine * 3)
    lines.append(rightAligned(String(offset), 8) + "  \(hex) |\(before)\(String(letters))|")
  }
}
