/// Counters of the whole host at one moment, by the names of nstat(8).
///
/// What a session does to them is the difference between two of these; what else the host did in
/// between is in it too.
package struct HostCounters: Sendable, Equatable {
  /// Only those that can bear on a session.
  private(set) var values: [String: Int] = [:]

  /// From the bytes of `/proc/net/netstat` and `/proc/net/snmp` (a line of names, a line of numbers),
  /// `/proc/net/snmp6` (a name and a number a line) and `/proc/net/stat/nf_conntrack` (a line of names,
  /// and a line of hexadecimal numbers a processor); `nil` where there is no such file.
  package init(pairsOfLines: [[UInt8]], lines: [UInt8]?, columns: [UInt8]?) {
    for text in pairsOfLines { addPairsOfLines(text) }
    for line in pieces(of: lines ?? [], at: .lineEnds) {
      var words = Pieces(line, at: .blanks)
      guard let name = words.next(), let number = words.next(), words.next() == nil else {
        continue
      }
      add(KnownCounters.Key().with(name), number, radix: 10)
    }
    addColumns(columns ?? [])
  }

  /// How far each counter grew since `earlier`; `nil` when none could be read both times.
  package func growth(since earlier: HostCounters) -> [String: Int]? {
    var growth: [String: Int] = [:]
    for (name, value) in values {
      // A counter never shrinks; one that did was set back, and says nothing.
      guard let start = earlier.values[name], value >= start else { continue }
      growth[name] = value - start
    }
    return growth.isEmpty ? nil : growth
  }

  private mutating func add(_ key: KnownCounters.Key, _ digits: ArraySlice<UInt8>, radix: Int) {
    guard let name = KnownCounters.name(of: key),
      let value = Int(String(decoding: digits, as: UTF8.self), radix: radix)
    else { return }
    values[name, default: 0] = values[name, default: 0] &+ value
  }

  private mutating func addPairsOfLines(_ text: [UInt8]) {
    var previous: ArraySlice<UInt8>?
    for line in pieces(of: text, at: .lineEnds) {
      defer { previous = line }
      guard let previous else { continue }
      var names = Pieces(previous, at: .blanks)
      var numbers = Pieces(line, at: .blanks)
      guard let title = names.next(), title.last == UInt8(ascii: ":"), numbers.next() == title
      else { continue }
      let group = KnownCounters.Key().with(title.dropLast())
      while let name = names.next(), let number = numbers.next() {
        add(group.with(name), number, radix: 10)
      }
    }
  }

  private mutating func addColumns(_ text: [UInt8]) {
    var lines = pieces(of: text, at: .lineEnds)
    guard let head = lines.next() else { return }
    let group = KnownCounters.Key().with("nf_conntrack.".utf8)
    for line in lines {
      var names = Pieces(head, at: .blanks)
      var numbers = Pieces(line, at: .blanks)
      while let name = names.next(), let number = numbers.next() {
        add(group.with(name), number, radix: 16)
      }
    }
  }
}

/// Which counters bear on a session: what TCP lost or threw away, what never left, what connection
/// tracking did not understand.
///
/// A kernel has some five hundred. Whether one is among these is asked by a number made of its bytes, so
/// that the others cost no string: this is read twice in every session.
private enum KnownCounters {
  private static let names = [
    "TcpRetransSegs", "TcpInErrs", "TcpExtPAWSActive", "TcpExtPAWSEstab", "TcpExtTCPTimeouts",
    "TcpExtTCPSynRetrans", "TcpExtTCPRetransFail", "TcpExtTCPFastOpenActive",
    "TcpExtTCPFastOpenActiveFail", "TcpExtTCPFastOpenBlackhole", "TcpExtTCPMTUPFail",
    "TcpExtTCPMTUPSuccess", "TcpExtTCPACKSkippedPAWS", "TcpExtTCPChallengeACK",
    "TcpExtListenOverflows", "TcpExtListenDrops",
    "IpOutRequests", "IpOutTransmits", "IpOutDiscards", "IpOutNoRoutes", "IpFragFails",
    "Ip6OutRequests", "Ip6OutTransmits", "Ip6OutDiscards", "Ip6OutNoRoutes", "Ip6FragFails",
    "nf_conntrack.invalid", "nf_conntrack.insert_failed", "nf_conntrack.drop",
    "nf_conntrack.early_drop",
  ]

  private static let byKey = Dictionary(
    uniqueKeysWithValues: names.map { (Key().with($0.utf8), $0) })

  static func name(of key: Key) -> String? { byKey[key] }

  /// A name as the number that FNV-1a makes of its bytes, and their count; pieces add up.
  struct Key: Hashable {
    private var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    private var length = 0

    func with(_ bytes: some Sequence<UInt8>) -> Key {
      var key = self
      for byte in bytes {
        key.hash = (key.hash ^ UInt64(byte)) &* 0x100_0000_01B3
        key.length += 1
      }
      return key
    }
  }
}

/// The stretches of some bytes between separators, none empty, one after the other.
private struct Pieces: Sequence, IteratorProtocol {
  /// Two bytes that separate; a call for each byte would be most of the work.
  struct Separators {
    let one: UInt8
    let other: UInt8

    static let lineEnds = Separators(one: 0x0A, other: 0x0A)
    static let blanks = Separators(one: 0x20, other: 0x09)
  }

  private var rest: ArraySlice<UInt8>
  private let separators: Separators

  init(_ bytes: ArraySlice<UInt8>, at separators: Separators) {
    rest = bytes
    self.separators = separators
  }

  mutating func next() -> ArraySlice<UInt8>? {
    let (one, other) = (separators.one, separators.other)
    guard let start = rest.firstIndex(where: { $0 != one && $0 != other }) else { return nil }
    let end = rest[start...].firstIndex { $0 == one || $0 == other } ?? rest.endIndex
    defer { rest = rest[end...] }
    return rest[start..<end]
  }
}

private func pieces(of bytes: [UInt8], at separators: Pieces.Separators) -> Pieces {
  Pieces(bytes[...], at: separators)
}
