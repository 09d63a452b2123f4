import SessionOptions
import SMTPDialogue
import Testing

/// One trait mended, everything else as it was, however the content is cut.
@Suite("A mender of content")
struct ContentMenderTests {
  @Test(
    "mends what it is told to, and nothing else",
    arguments: [
      ([.zeros], "a\0b\u{FF}\nc", "a0b\u{FF}\nc"),
      ([.eightBit], "a\0b\u{FF}\nc", "a\0b?\nc"),
      ([.lineEnds], "a\nb\r\nc\rd\r", "a\r\nb\r\nc\r\nd\r\n"),
      ([], "a\0b\u{FF}\nc\r", "a\0b\u{FF}\nc\r"),
      ([.zeros, .lineEnds], "\0\n\0", "0\r\n0"),
      ([.lastLine], "a\r\n", "a\r\n\r\n"), ([.lastLine], "a\r\n\r\n", "a\r\n\r\n-\r\n"),
      ([.lastLine], "a", "a\r\n\r\n"), ([.lastLine], "", "-\r\n"),
      ([.lastLine], "\r\n", "\r\n-\r\n"),
      ([.lastLine], "a\n\n", "a\n\n-\r\n"), ([.lastLine, .lineEnds], "a\n\r", "a\r\n\r\n-\r\n"),
    ] as [(Set<MessageMend>, String, String)])
  func mends(mends: Set<MessageMend>, content: String, mended: String) {
    let bytes = content.unicodeScalars.map { UInt8($0.value) }
    let wanted = mended.unicodeScalars.map { UInt8($0.value) }
    for cut in 0...bytes.count {
      var mender = ContentMender(mends)
      let result = mend([bytes[..<cut], bytes[cut...]], by: &mender)
      #expect(result == wanted, "cut at \(cut)")
    }
  }

  @Test("makes the same of a message however it is cut, and what one byte after the other makes")
  func cuts() {
    var random = SeededRandom(seed: 3)
    let alphabet: [UInt8] = [0x0D, 0x0D, 0x0A, 0x0A, 0x00, 0xFF, 0x2E, 0x61]
    for mends in [[.lineEnds], [.longLines], [.lineEnds, .longLines], Set(MessageMend.allCases)] {
      for _ in 0..<200 {
        var bytes = Array(
          repeating: UInt8(ascii: "x"), count: Int.random(in: 0...150, using: &random))
        for _ in 0..<Int.random(in: 0...12, using: &random) {
          bytes.insert(
            alphabet.randomElement(using: &random) ?? 0,
            at: Int.random(in: 0...bytes.count, using: &random))
        }
        var whole = ContentMender(mends)
        let wanted = mend([bytes[...]], by: &whole)
        var bytewise = ContentMender(mends)
        #expect(mend(bytes.indices.map { bytes[$0...$0] }, by: &bytewise) == wanted)
        let cut = Int.random(in: 0...bytes.count, using: &random)
        var halved = ContentMender(mends)
        #expect(mend([bytes[..<cut], bytes[cut...]], by: &halved) == wanted)
        check(wanted, of: bytes, mends)
      }
    }
  }

  /// What was mended is gone, and what was not is still there.
  private func check(_ mended: [UInt8], of bytes: [UInt8], _ mends: Set<MessageMend>) {
    var traits = MessageTraits()
    traits.read(mended)
    if mends.contains(.lineEnds) { #expect(!traits.hasBareLineEnds) }
    if mends.contains(.longLines) { #expect(traits.longestLine <= ContentMender.lineLength) }
    if mends.contains(.zeros) { #expect(!traits.hasZeros) }
    if mends.contains(.eightBit) { #expect(!traits.hasEightBit) }
    #expect(mended.count { $0 == 0x78 } == bytes.count { $0 == 0x78 })
  }

  private func mend(_ pieces: [ArraySlice<UInt8>], by mender: inout ContentMender) -> [UInt8] {
    pieces.flatMap { mender.mend(Array($0)) } + mender.finish()
  }

  @Test("breaks long lines, those of a header behind a blank")
  func lines() {
    let long = String(repeating: "x", count: 100)
    var mender = ContentMender([.longLines])
    let mended = mender.mend(Array("S: \(long)\r\n\r\n\(long)\r\n".utf8)) + mender.finish()
    let lines = String(decoding: mended, as: UTF8.self).split(
      separator: "\r\n", omittingEmptySubsequences: false)
    #expect(lines.allSatisfy { $0.count <= ContentMender.lineLength })
    #expect(lines[1].hasPrefix(" x") && lines[2].isEmpty && lines[3].hasPrefix("xx"))
    #expect(mended.count { $0 == UInt8(ascii: "x") } == 200)
  }

  @Test("and the traits of a message are seen however it is cut")
  func traits() {
    let bytes = Array("ab\0\r\n.c\n\u{80}".utf8)
    for cut in 0...bytes.count {
      var traits = MessageTraits()
      traits.read(Array(bytes[..<cut]))
      traits.read(Array(bytes[cut...]))
      #expect(traits.size == bytes.count && traits.hasZeros && traits.hasEightBit)
      #expect(traits.hasBareLineEnds && traits.hasLeadingDots && traits.longestLine == 3)
    }
    var plain = MessageTraits()
    plain.read(Array("From: a\r\n\r\nb\r\n".utf8))
    #expect(plain.isPlain)
  }
}
