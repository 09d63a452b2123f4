import Reporting

/// The numbers from 0 up in an order that looks like chance and that a seed repeats; it takes no memory.
///
/// A Feistel network over the next power of four shuffles more numbers than there are; those that are too
/// large are shuffled again until they are not (cycle walking), at most four times on average.
package struct Permutation: Sendable {
  package let count: Int
  private let seed: UInt64
  /// Bits of either half.
  private let bits: UInt64

  package init(count: Int, seed: UInt64) {
    self.count = count
    self.seed = seed
    var bits: UInt64 = 1
    while 1 << (2 * bits) < UInt64(count) { bits += 1 }
    self.bits = bits
  }

  /// The number at a place.
  package subscript(place: Int) -> Int {
    var value = UInt64(place)
    repeat { value = shuffled(value) } while value >= UInt64(count)
    return Int(value)
  }

  private func shuffled(_ value: UInt64) -> UInt64 {
    let mask: UInt64 = (1 << bits) - 1
    var left = value >> bits
    var right = value & mask
    for round in 0..<UInt64(4) {
      let key = mixed(seed &+ round &* 0x9E37_79B9_7F4A_7C15)
      (left, right) = (right, (left ^ mixed(right ^ key)) & mask)
    }
    return left << bits | right
  }
}

/// A set of small numbers, a bit for each there could be.
package struct NumberSet: Sendable {
  private var words: [UInt64]
  package private(set) var count = 0

  package init(below limit: Int) { words = Array(repeating: 0, count: (limit + 63) / 64) }

  package func contains(_ number: Int) -> Bool { words[number / 64] >> (number % 64) & 1 == 1 }

  package mutating func insert(_ number: Int) {
    guard !contains(number) else { return }
    words[number / 64] |= 1 << (number % 64)
    count += 1
  }

  package mutating func remove(_ number: Int) {
    guard contains(number) else { return }
    words[number / 64] &= ~(1 << (number % 64))
    count -= 1
  }
}
