@testable import SMTPDialogue
import Testing

/// Searches by the word find what a search by the byte finds.
@Suite("Searches in content")
struct ByteSearchTests {
  @Test("find the first place from any start, whatever is around it")
  func finds() {
    var random = SeededRandom(seed: 7)
    // Neighbours of what is looked for, by one bit or by one.
    let alphabet: [UInt8] = [
      0x0A, 0x0D, 0x2E, 0x00, 0x01, 0x0B, 0x0C, 0x2F, 0x7F, 0x80, 0x8A, 0xFF,
    ]
    for _ in 0..<600 {
      var bytes = [UInt8](repeating: 0x61, count: Int.random(in: 0...400, using: &random))
      for _ in 0..<Int.random(in: 0...6, using: &random) where !bytes.isEmpty {
        bytes[Int.random(in: bytes.indices, using: &random)] =
          alphabet.randomElement(using: &random) ?? 0
      }
      let start = Int.random(in: 0...bytes.count, using: &random)
      #expect(
        bytes.firstLineBreak(from: start) == first(in: bytes, from: start) { $0 == 10 || $0 == 13 })
      #expect(bytes.firstIndex(of: 0, from: start) == first(in: bytes, from: start) { $0 == 0 })
      #expect(bytes.firstEightBit(from: start) == first(in: bytes, from: start) { $0 > 127 })
    }
  }

  @Test(
    "find a dot behind an LF at every place of a block, and no other dot",
    arguments: [1, 7, 8, 9, 127, 128, 129, 136, 137, 255, 256, 257, 300])
  func findsDots(count: Int) {
    for place in 1..<max(count, 2) where place < count {
      var bytes = [UInt8](repeating: 0x61, count: count)
      bytes[place] = 0x2E
      #expect(bytes.firstDotBehindLineFeed(from: 1) == nil)
      bytes[place - 1] = 0x0A
      #expect(bytes.firstDotBehindLineFeed(from: 1) == place)
      #expect(bytes.firstDotBehindLineFeed(from: place) == place)
      #expect(bytes.firstDotBehindLineFeed(from: place + 1) == nil)
    }
  }

  private func first(
    in bytes: [UInt8], from start: Int, where isWanted: (UInt8) -> Bool
  ) -> Int? {
    bytes[start...].firstIndex(where: isWanted)
  }
}
