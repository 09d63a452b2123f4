/// Base64 as AUTH speaks it (RFC 4648 section 4, RFC 4954 section 4): with padding, and nothing else in it.
package enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let padding = UInt8(ascii: "=")

  package static func encoded(_ bytes: some Collection<UInt8>) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    var rest = bytes[...]
    while !rest.isEmpty {
      let group = Array(rest.prefix(3))
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for place in 0..<4 {
        text.append(place <= group.count ? alphabet[bits >> (18 - 6 * place) & 63] : padding)
      }
      rest = rest.dropFirst(3)
    }
    return text
  }

  /// What `text` stands for; `nil` where it is none.
  package static func decoded(_ text: some Collection<UInt8>) -> [UInt8]? {
    guard text.count % 4 == 0 else { return nil }
    var bytes: [UInt8] = []
    var rest = text[...]
    while !rest.isEmpty {
      let group = Array(rest.prefix(4))
      rest = rest.dropFirst(4)
      let digits = group.prefix { $0 != padding }
      let isWhole = group.dropFirst(digits.count).allSatisfy { $0 == padding }
      guard digits.count >= 2, isWhole, digits.count == 4 || rest.isEmpty else { return nil }
      var bits = 0
      for digit in digits {
        guard let value = alphabet.firstIndex(of: digit) else { return nil }
        bits = bits << 6 | value
      }
      bits <<= 6 * (4 - digits.count)
      for place in 0..<(digits.count - 1) { bytes.append(UInt8(bits >> (16 - 8 * place) & 255)) }
    }
    return bytes
  }
}
