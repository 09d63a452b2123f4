/// What takes the place of names and addresses: as long, of the same form, the same for the same.
///
/// Lengths stay because the subject is byte offsets, and an address stays one that programs can read.
struct StandIns {
  private var known: [[UInt8]: [UInt8]] = [:]
  private var used: Set<[UInt8]> = []

  /// Longest first, so that a name inside a longer one does not spoil it.
  var originals: [[UInt8]] {
    known.keys.sorted {
      $0.count == $1.count ? $0.lexicographicallyPrecedes($1) : $0.count > $1.count
    }
  }

  /// Those for this text; `nil` for a text that nobody took in.
  subscript(original: [UInt8]) -> [UInt8]? { known[original] }

  /// Takes an IPv4 or IPv6 address in. Loopback tells nothing of anybody.
  mutating func add(address: String) {
    guard !address.hasPrefix("127."), address != "::1", address != "::", address != "0.0.0.0" else {
      return
    }
    add(Array(address.lowercased().utf8), like: Self.addressLike)
  }

  /// Takes a name, a path or a word in.
  mutating func add(name: String) { add(Array(name.utf8), like: Self.nameLike) }

  /// Takes a mail address in, and its domain, so that the two agree.
  mutating func add(mailAddress: String) {
    guard let at = mailAddress.lastIndex(of: "@"), at != mailAddress.startIndex else { return }
    let domain = String(mailAddress[mailAddress.index(after: at)...]).lowercased()
    guard !domain.isEmpty else { return }
    if domain.contains("."), !domain.hasPrefix("[") { add(name: domain) }
    let end = known[Array(domain.utf8)] ?? Array(domain.utf8)
    add(Array(mailAddress.lowercased().utf8)) { original, count in
      Self.nameLike(original.prefix { $0 != UInt8(ascii: "@") }, count) + [UInt8(ascii: "@")] + end
    }
  }

  private mutating func add(
    _ original: [UInt8], like make: (ArraySlice<UInt8>, Int) -> [UInt8]
  ) {
    guard !original.isEmpty, known[original] == nil else { return }
    // Short names have few stand-ins; one that is taken is better than none at all.
    for count in 0..<100 {
      let standIn = make(original[...], count)
      guard standIn != original, !used.contains(standIn), standIn.count == original.count else {
        continue
      }
      known[original] = standIn
      used.insert(standIn)
      return
    }
    known[original] = original.map { isWord($0) ? UInt8(ascii: "x") : $0 }
  }

  /// Every letter and digit an `x`, the number of the name counted in letters from the end.
  private static func nameLike(_ original: ArraySlice<UInt8>, _ count: Int) -> [UInt8] {
    var bytes = Array(original)
    var rest = count
    for index in bytes.indices.reversed() where isWord(bytes[index]) {
      bytes[index] = UInt8(ascii: "a") + UInt8((23 + rest % 26) % 26)
      rest /= 26
    }
    return bytes
  }

  /// Groups of as many digits, counted from the end, none with a leading zero.
  private static func addressLike(_ original: ArraySlice<UInt8>, _ count: Int) -> [UInt8] {
    let isVersion6 = original.contains(UInt8(ascii: ":"))
    var bytes: [UInt8] = []
    var rest = count
    var digits = 0
    func group(_ mixed: Bool) -> [UInt8] {
      let radix = isVersion6 && !mixed ? 16 : 10
      let low = digits == 1 ? 1 : (1..<digits).reduce(1) { power, _ in power * radix }
      let high = radix == 10 ? min(low * 10, 256) : low * 16
      let value = low + rest % max(1, high - low)
      rest /= max(1, high - low)
      return Array(String(value, radix: radix).utf8.reversed())
    }
    var isMixed = original.contains(UInt8(ascii: ".")) && isVersion6
    for byte in original.reversed() + [0] {
      if isWord(byte) {
        digits += 1
        continue
      }
      if digits > 4 { return Array(original) }
      if digits > 0 { bytes += group(isMixed) }
      digits = 0
      if byte == UInt8(ascii: ":") { isMixed = false }
      if byte != 0 { bytes.append(byte) }
    }
    return bytes.reversed()
  }
}

/// A letter, a digit, or a byte of a character beyond ASCII.
func isWord(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...: true
  default: false
  }
}
