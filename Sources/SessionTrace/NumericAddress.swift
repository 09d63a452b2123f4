/// The bytes of an address in numbers: 4 for IPv4, 16 for IPv6 (RFC 4291 section 2.2).
package struct NumericAddress: Sendable, Equatable {
  package let bytes: [UInt8]

  /// Reads `192.0.2.1`, `2001:db8::1` or `fe80::1%eth0`; `nil` where it is none.
  package init?(_ text: String) {
    let text = text.prefix { $0 != "%" }
    if let bytes = NumericAddress.ipv4(text) {
      self.bytes = bytes
      return
    }
    let halves = text.split(separator: "::", maxSplits: 1, omittingEmptySubsequences: false)
    let isWhole = halves.count == 1
    guard text.contains(":"), let head = NumericAddress.groups(halves[0], endsAddress: isWhole)
    else { return nil }
    if isWhole {
      guard head.count == 16 else { return nil }
      bytes = head
      return
    }
    guard let tail = NumericAddress.groups(halves[1], endsAddress: true),
      head.count + tail.count < 16
    else { return nil }
    bytes = head + Array(repeating: 0, count: 16 - head.count - tail.count) + tail
  }

  /// No address of the same family.
  package static func unspecified(like text: String) -> NumericAddress {
    NumericAddress(bytes: Array(repeating: 0, count: text.contains(":") ? 16 : 4))
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private static func ipv4(_ text: Substring) -> [UInt8]? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { part in
      // Digits alone: a sign, or a zero in front, is no address (inet_pton(3)).
      part.utf8.allSatisfy { (0x30...0x39).contains($0) } && (part.count == 1 || part.first != "0")
        ? UInt8(part) : nil
    }
    return parts.count == 4 && !parts.contains(nil) ? parts.compactMap(\.self) : nil
  }

  /// Groups of four hexadecimal digits; the last of an address may be one of IPv4.
  private static func groups(_ text: Substring, endsAddress: Bool) -> [UInt8]? {
    var bytes: [UInt8] = []
    for part in text.split(separator: ":", omittingEmptySubsequences: !text.contains(":")) {
      if endsAddress, part.endIndex == text.endIndex, let last = ipv4(part) {
        bytes += last
      } else if part.utf8.count <= 4, part.first?.isHexDigit == true,
        let value = UInt16(part, radix: 16)
      {
        bytes += [UInt8(value >> 8), UInt8(truncatingIfNeeded: value)]
      } else {
        return nil
      }
    }
    return bytes.count <= 16 ? bytes : nil
  }
}
