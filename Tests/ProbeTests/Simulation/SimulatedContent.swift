import Probe
import SessionOptions
@testable import Simulation

/// Message content from memory or made as it goes, in chunks of random size.
final class SimulatedContent: ContentSource {
  private var bytes: ArraySlice<UInt8>
  private var random: SeededRandom
  private let greatestChunk: Int

  init(_ bytes: [UInt8], greatestChunk: Int, random: SeededRandom) {
    self.bytes = bytes[...]
    self.greatestChunk = greatestChunk
    self.random = random
  }

  func next(_ limit: Int) -> ContentChunk {
    guard !bytes.isEmpty else { return .end }
    if random.chance(3) { return .notYet }
    let count = random.number(1...max(1, min(limit, greatestChunk, bytes.count)))
    defer { bytes = bytes.dropFirst(count) }
    return .bytes(Array(bytes.prefix(count)))
  }

  /// Text with everything in it that is hard: dots, bare line ends, long lines, NUL, 8 bits.
  static func message(size: Int, random: inout SeededRandom) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size)
    while bytes.count < size {
      switch random.number(0...11) {
      case 0: bytes += [0x2E]
      case 1: bytes += [0x0D, 0x0A, 0x2E]
      case 2: bytes += [0x0A, 0x2E, 0x0D, 0x0A]
      case 3: bytes += [0x0D]
      case 4: bytes += [0x00, 0xFF]
      case 5: bytes += [0x2E, 0x2E, 0x0D, 0x0A]
      case 6: bytes += [UInt8](repeating: 0x61, count: random.number(1...300))
      default: bytes += [UInt8](repeating: 0x62, count: random.number(0...76)) + [0x0D, 0x0A]
      }
    }
    return Array(bytes.prefix(size))
  }
}
