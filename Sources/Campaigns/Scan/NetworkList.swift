package import Wire

/// Networks in CIDR notation (RFC 4632), of both families.
package struct NetworkList: Sendable, Equatable {
  private struct Network: Sendable, Equatable {
    var bytes: [UInt8]
    var bits: Int
  }

  private var networks: [Network] = []

  package init() {}

  package var isEmpty: Bool { networks.isEmpty }

  /// Adds `192.0.2.0/24`, `2001:db8::/32` or one address; `false` when it is none of these.
  ///
  /// Bits behind the prefix may be set: whoever writes 192.0.2.1/24 means its network.
  package mutating func add(_ text: String) -> Bool {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let bytes = addressBytes(String(parts[0])) else {
      return false
    }
    var bits = bytes.count * 8
    if parts.count == 2 {
      guard let given = Int(parts[1]), (0...bits).contains(given),
        parts[1].allSatisfy(\.isNumber)
      else { return false }
      bits = given
    }
    let plain = Self.plain(bytes)
    networks.append(
      Network(bytes: plain, bits: plain.count == bytes.count ? bits : max(0, bits - 96)))
    return true
  }

  /// Whether an address is in one of them; a socket's path never is.
  package func holds(_ endpoint: Endpoint) -> Bool {
    guard !networks.isEmpty, let bytes = endpoint.addressBytes.map(Self.plain) else { return false }
    return networks.contains {
      $0.bytes.count == bytes.count && Self.agree($0.bytes, bytes, $0.bits)
    }
  }

  private static func agree(_ left: [UInt8], _ right: [UInt8], _ bits: Int) -> Bool {
    let whole = bits / 8
    guard left.prefix(whole) == right.prefix(whole) else { return false }
    let rest = bits % 8
    return rest == 0 || (left[whole] ^ right[whole]) >> (8 - rest) == 0
  }

  /// An IPv4 address that is written as one of IPv6 (`::ffff:192.0.2.1`, RFC 4291 section 2.5.5.2) is one.
  private static func plain(_ bytes: [UInt8]) -> [UInt8] {
    let mark: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
    return bytes.count == 16 && bytes.starts(with: mark) ? Array(bytes.suffix(4)) : bytes
  }
}

extension NetworkList {
  /// Adds the value of `--exclude`: a network, or a file of them, one a line, with comments behind `#`.
  package mutating func add(networkOrFile value: String) throws(ExitMessage) {
    if add(value) { return }
    let lines = try contents(of: value).split(separator: 0x0A, omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      let text = String(decoding: line, as: UTF8.self)
      let word = text.prefix { $0 != "#" }.filter { !$0.isWhitespace }
      guard !word.isEmpty, !add(word) else { continue }
      throw ExitMessage(
        status: .badInput,
        text: "\(value):\(index + 1): \(word): give an address or a network such as 192.0.2.0/24")
    }
  }
}
