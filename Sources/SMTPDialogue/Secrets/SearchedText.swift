/// What somebody said, as secrets are looked for in it: as it is, and loosely, where what was said is one text
/// however it was wrapped, spaced out or escaped.
///
///     535-5.7.8 Sw0rd%46is     sw0rdfis   h
///     535 5.7.8 h              one run, and each byte knows where it came from
struct SearchedText {
  let bytes: [UInt8]
  /// What belongs to the protocol and stays as it is: line ends, reply codes, enhanced codes.
  private(set) var isFrame: [Bool]

  /// Lines begin with reply codes where they come from the wire, and not where those were taken off.
  init(_ bytes: [UInt8], hasCodes: Bool) {
    self.bytes = bytes
    isFrame = Array(repeating: false, count: bytes.count)
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: Byte.lf) ?? bytes.count
      frameLine(start..<end, hasCodes: hasCodes)
      start = end + 1
    }
  }

  private mutating func frameLine(_ line: Range<Int>, hasCodes: Bool) {
    if line.upperBound < bytes.count {
      isFrame[line.upperBound] = true
      if bytes[line].last == Byte.cr { isFrame[line.upperBound - 1] = true }
    }
    var rest = bytes[line]
    if hasCodes, rest.prefix(3).count(where: Byte.isDigit) == 3 {
      let separator = rest.dropFirst(3).first
      let hasSeparator = separator == Byte.space || separator == Byte.hyphen
      if hasSeparator || separator == nil || separator == Byte.cr {
        frame(&rest, hasSeparator ? 4 : 3)
      }
    }
    // One that is longer is none (RFC 3463 section 2).
    let word = rest.prefix(10).prefix { !Byte.isBlank($0) }
    let parts = word.split(separator: Byte.dot, omittingEmptySubsequences: false)
    if parts.count == 3, parts[0].count == 1, parts.allSatisfy({ $0.count <= 3 }),
      parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(Byte.isDigit) })
    {
      let gap = rest.dropFirst(word.count).prefix { $0 == Byte.space }
      frame(&rest, word.count + gap.count)
    }
  }

  private mutating func frame(_ rest: inout ArraySlice<UInt8>, _ count: Int) {
    for index in rest.indices.prefix(count) { isFrame[index] = true }
    rest = rest.dropFirst(count)
  }
}

extension SearchedText {
  /// Bytes to search, and where each stands in what was said.
  struct View {
    var bytes: [UInt8] = []
    var origins: [Range<Int>] = []
  }

  /// As it is, but for capitals.
  var strict: [UInt8] { bytes.map(Byte.lowercased) }

  /// Without frame and blanks, with `%46` undone, and folded.
  var loose: View {
    var places: [Int] = []
    places.reserveCapacity(bytes.count)
    for index in bytes.indices where !isFrame[index] && !Byte.isBlank(bytes[index]) {
      places.append(index)
    }
    var view = View()
    view.bytes.reserveCapacity(places.count)
    view.origins.reserveCapacity(places.count)
    var at = 0
    while at < places.count {
      let escaped = escapedByte(at, places)
      let last = escaped == nil ? at : at + 2
      if let byte = Self.folded(escaped ?? bytes[places[at]]) {
        view.bytes.append(byte)
        view.origins.append(places[at]..<(places[last] + 1))
      }
      at = last + 1
    }
    return view
  }

  /// The byte that `%` and two digits stand for (RFC 3986 section 2.1).
  private func escapedByte(_ at: Int, _ places: [Int]) -> UInt8? {
    guard bytes[places[at]] == UInt8(ascii: "%"), at + 2 < places.count,
      let high = Byte.hexValue(bytes[places[at + 1]]),
      let low = Byte.hexValue(bytes[places[at + 2]])
    else { return nil }
    return high << 4 | low
  }

  /// The secret that is looked for in ``loose``.
  static func loosened(_ secret: [UInt8]) -> [UInt8] { secret.compactMap(folded) }

  /// One byte for all that may stand for it, `nil` for what may stand between two.
  ///
  /// `+` is a blank in forms, colons and hyphens stand between bytes in hexadecimal; hyphen and underscore are the
  /// last two digits of Base64 for addresses (RFC 4648 section 5).
  private static func folded(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: ":"): nil
    case UInt8(ascii: "_"): UInt8(ascii: "/")
    case _ where Byte.isBlank(byte): nil
    default: Byte.lowercased(byte)
    }
  }
}
