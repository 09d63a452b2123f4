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
    ] as [(Set<MessageMend>, String, String)])
  func mends(mends: Set<MessageMend>, content: String, mended: String) {
    let bytes = content.unicodeScalars.map { UInt8($0.value) }
    let wanted = mended.unicodeScalars.map { UInt8($0.value) }
    for cut in 0...bytes.count {
      var mender = ContentMender(mends)
      let result = mender.mend(bytes[..<cut]) + mender.mend(bytes[cut...]) + mender.finish()
      #expect(result == wanted, "cut at \(cut)")
    }
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
      traits.read(bytes[..<cut])
      traits.read(bytes[cut...])
      #expect(traits.size == bytes.count && traits.hasZeros && traits.hasEightBit)
      #expect(traits.hasBareLineEnds && traits.hasLeadingDots && traits.longestLine == 3)
    }
    var plain = MessageTraits()
    plain.read(Array("From: a\r\n\r\nb\r\n".utf8))
    #expect(plain.isPlain)
  }
}
