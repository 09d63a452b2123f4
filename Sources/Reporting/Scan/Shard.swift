/// One of several parts of a list, `2/4`, counted from 1.
package struct Shard: Sendable, Equatable, CustomStringConvertible {
  package let number: Int
  package let count: Int

  /// All of it.
  package static let whole = Shard(number: 1, count: 1)

  private init(number: Int, count: Int) {
    self.number = number
    self.count = count
  }

  /// `nil` where there is no such part.
  package init?(_ number: Int, of count: Int) {
    guard (1...1_000_000).contains(count), (1...count).contains(number) else { return nil }
    self.init(number: number, count: count)
  }

  /// `2/4`; `nil` for anything else.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let number = Int(parts[0]), let count = Int(parts[1]) else {
      return nil
    }
    self.init(number, of: count)
  }

  package var description: String { "\(number)/\(count)" }

  /// Whether what belongs to this host belongs here: all of a host stands in one part, and a list that
  /// grows moves none of them.
  package func holds(host: String) -> Bool {
    count == 1 || Int(stableHash(host.lowercased().utf8) % UInt64(count)) == number - 1
  }
}

/// A hash that is the same on every machine and in every version: FNV-1a, mixed so that its low bits are as
/// good as the others.
package func stableHash(
  _ bytes: some Sequence<UInt8>, from start: UInt64 = 0xCBF2_9CE4_8422_2325
) -> UInt64 {
  var hash = start
  for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
  return mixed(hash)
}

/// Every bit of the result depends on every bit of `value`, and no two values give the same.
package func mixed(_ value: UInt64) -> UInt64 {
  var value = value
  value = (value ^ (value >> 33)) &* 0xFF51_AFD7_ED55_8CCD
  value = (value ^ (value >> 33)) &* 0xC4CE_B9FE_1A85_EC53
  return value ^ (value >> 33)
}
