import Wire

/// A query for one name, and the answers that a fixture's zone has to it (RFC 1035 section 4).
struct NameMessage {
  /// The types that the lab knows (RFC 1035 section 3.2.2; RFC 3596).
  enum Kind: Int {
    case address = 1
    case alias = 5
    case exchanger = 15
    case text = 16
    case longAddress = 28
  }

  /// Header and question, as they came.
  private let head: [UInt8]
  let name: String
  /// `nil` for one that the lab does not know, which no name has.
  let kind: Kind?

  private static let headerLength = 12

  /// Reads a standard query with one question; `nil` for anything else, to which silence is an answer.
  init?(query: [UInt8]) {
    guard query.count > Self.headerLength, query[2] & 0xF8 == 0, query[4...5].elementsEqual([0, 1])
    else { return nil }
    var labels: [String] = []
    var rest = query.dropFirst(Self.headerLength)
    while let length = rest.popFirst(), length > 0 {
      guard length < 64, rest.count > Int(length) else { return nil }
      labels.append(String(decoding: rest.prefix(Int(length)), as: UTF8.self))
      rest = rest.dropFirst(Int(length))
    }
    guard rest.count >= 4 else { return nil }
    name = nameInFull(labels.joined(separator: "."))
    kind = Kind(rawValue: Int(rest[rest.startIndex]) << 8 | Int(rest[rest.startIndex + 1]))
    head = Array(query[..<(rest.startIndex + 4)])
  }

  /// What the zone says; `nil` where it stays silent.
  ///
  /// An alias is followed, as far as the zone knows where it leads.
  func answer(from zone: [NameRecord]) -> [UInt8]? {
    var records: [[UInt8]] = []
    var owner = name
    var seen: Set<String> = []
    while seen.insert(owner).inserted {
      let known = zone.filter { $0.name == owner }
      if known.contains(where: { $0.content == .silence }) { return nil }
      if known.contains(where: { $0.content == .failure }) { return message(code: 2, []) }
      // NXDOMAIN is about the name at the end of the chain (RFC 6604 section 2).
      if known.isEmpty { return message(code: 3, records) }
      guard let alias = known.firstAlias, kind != .alias else {
        records += known.compactMap { record(owner, $0.content) }
        break
      }
      records.append(Self.record(owner, .alias, Self.encoded(alias)))
      owner = alias
    }
    return message(code: 0, records)
  }

  /// A record of the kind asked for.
  private func record(_ owner: String, _ content: NameRecord.Content) -> [UInt8]? {
    switch (kind, content) {
    case (.exchanger, .exchanger(let preference, let host)):
      return Self.record(owner, .exchanger, Self.number(preference) + Self.encoded(host))
    case (.alias, .alias(let other)):
      return Self.record(owner, .alias, Self.encoded(other))
    case (.address, .address(let text)), (.longAddress, .address(let text)):
      guard let kind, let bytes = addressBytes(text), bytes.count == (kind == .address ? 4 : 16)
      else { return nil }
      return Self.record(owner, kind, bytes)
    case (.text, .text(let bytes)):
      // In strings of what one byte can count (RFC 1035 section 3.3.14).
      let strings = stride(from: 0, to: max(1, bytes.count), by: 255).map { start in
        let string = bytes[start..<min(start + 255, bytes.count)]
        return [UInt8(string.count)] + string
      }
      return Self.record(owner, .text, strings.flatMap(\.self))
    case (_, .exchanger), (_, .address), (_, .alias), (_, .text), (_, .failure), (_, .silence):
      return nil
    }
  }

  /// The whole message: a response, authoritative, with the question as it came.
  private func message(code: UInt8, _ records: [[UInt8]]) -> [UInt8] {
    var bytes = head
    bytes[2] |= 0x84
    bytes[3] = code
    bytes.replaceSubrange(6..<12, with: Self.number(records.count) + [0, 0, 0, 0])
    return bytes + records.joined()
  }

  private static func record(_ owner: String, _ kind: Kind, _ data: [UInt8]) -> [UInt8] {
    // Class IN, and no time to live: nobody is to remember a fixture.
    encoded(owner) + number(kind.rawValue) + [0, 1, 0, 0, 0, 0] + number(data.count) + data
  }

  private static func number(_ value: Int) -> [UInt8] {
    [UInt8(truncatingIfNeeded: value >> 8), UInt8(truncatingIfNeeded: value)]
  }

  /// A name on the wire, without compression.
  private static func encoded(_ name: String) -> [UInt8] {
    name.split(separator: ".").flatMap { [UInt8(truncatingIfNeeded: $0.utf8.count)] + $0.utf8 }
      + [0]
  }

  /// Whether a name can be written so.
  static func isSayable(_ name: String) -> Bool {
    let labels = name.split(separator: ".", omittingEmptySubsequences: false)
    return labels.allSatisfy { (1...63).contains($0.utf8.count) } && encoded(name).count <= 255
  }
}

extension [NameRecord] {
  /// The name that the first alias among them leads to.
  fileprivate var firstAlias: String? {
    for case .alias(let other) in map(\.content) { return other }
    return nil
  }
}
