import SMTPDialogue
import Testing

@Suite("The header of a message")
struct MessageHeaderTests {
  @Test(
    "announces 8-bit content, or does not",
    arguments: [
      ("Subject: x\r\nContent-Transfer-Encoding: 8bit\r\n\r\nbody", true),
      ("content-transfer-encoding:BINARY \r\n\r\n", true),
      ("Content-Transfer-Encoding: 8bit\n\n", true),
      ("Content-Transfer-Encoding: 8bit", true),
      ("Content-Transfer-Encoding: 7bit\r\n\r\n", false),
      ("Content-Transfer-Encoding: base64\r\n\r\n", false),
      ("Subject: x\r\n\r\nContent-Transfer-Encoding: 8bit\r\n", false),
      ("X-Content-Transfer-Encoding: 8bit\r\n\r\n", false),
      ("\r\nContent-Transfer-Encoding: 8bit\r\n", false),
      ("", false),
    ])
  func announces(_ text: String, _ isAnnounced: Bool) {
    #expect(MessageHeader.announcesEightBit(Array(text.utf8)) == isAnnounced)
  }
}
