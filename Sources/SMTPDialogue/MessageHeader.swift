/// What the header of a message says of its body.
package enum MessageHeader {
  /// Whether the header, at the beginning of these bytes, announces 8-bit content.
  ///
  ///     Content-Transfer-Encoding: 8bit
  ///
  /// A message with an 8-bit part has to say so at its top, too. Source: RFC 2045 sections 6.2 and 6.4.
  package static func announcesEightBit(_ bytes: [UInt8]) -> Bool {
    var start = 0
    while start < bytes.count {
      let end = bytes.firstIndex(of: Byte.lf, from: start) ?? bytes.count
      let line = bytes[start..<end].prefix(longestField)
      if line.isEmpty || line.first == Byte.cr { return false }
      // Every other field begins with another word.
      if line.first.flatMap(lowercased) == announcements[0].first,
        announcements.contains(line.compactMap(lowercased))
      {
        return true
      }
      start = end + 1
    }
    return false
  }

  /// The byte of a letter in lower case; `nil` for blanks, which mean nothing here.
  private static func lowercased(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0...Byte.space: nil
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
    default: byte
    }
  }

  private static let announcements = ["8bit", "binary"].map {
    Array("content-transfer-encoding:\($0)".utf8)
  }

  /// More than the field ever is, bytes.
  private static let longestField = 100
}
