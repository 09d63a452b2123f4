import SessionTrace
import TestSupport
import Testing
import SessionOptions

@Suite("Byte escapes")
struct ByteEscapesTests {
  @Test("Escaped bytes come back as they were", arguments: 0...UInt8.max)
  func comeBack(_ byte: UInt8) {
    let bytes: [UInt8] = [0x61, byte, 0x5C, byte, 0x62]
    #expect(unescapedBytes(escapedText(bytes)) == bytes)
  }

  @Test(
    "A backslash that begins nothing stands for itself", arguments: ["\\q", "\\", "\\x1", "\\xZZ"])
  func staysItself(_ text: String) {
    #expect(unescapedBytes(text) == Array(text.utf8))
  }
}
