import SessionOptions
@testable import SMTPDialogue
import Testing

@Suite("Plans")
struct PlanTests {
  @Test(
    "An address that would end its command is refused, with its place",
    arguments: [
      (
        "a\r\nDATA", ["b"], EnvelopeError.forbiddenByte(0x0D, offset: 1, in: .sender),
        "the sender holds \\r at byte 1, which cannot stand in a command"
      ),
      (
        "a>", ["b"], .forbiddenByte(0x3E, offset: 1, in: .sender),
        "the sender holds > at byte 1, which cannot stand in a command"
      ),
      (
        "", ["b", "c\0"], .forbiddenByte(0, offset: 1, in: .recipient(2)),
        "recipient 2 holds \\x00 at byte 1, which cannot stand in a command"
      ),
      ("", ["b", ""], .empty(.recipient(2)), "recipient 2 is empty"),
      ("", [], .noRecipients, "an envelope needs at least one recipient"),
      (
        String(repeating: "l", count: 1025), ["b"], .tooLong(1025, limit: 1024, in: .sender),
        "the sender has 1025 bytes; the most is 1024"
      ),
    ])
  func refusesAddresses(
    _ sender: String, _ recipients: [String], _ error: EnvelopeError, _ text: String
  ) {
    #expect(throws: error) {
      try Envelope(sender: Array(sender.utf8), recipients: recipients.map { Array($0.utf8) })
    }
    #expect(error.description == text)
  }

  @Test(
    "An EHLO name that would end its command, or fill more than a packet, is refused",
    arguments: [
      ("", EnvelopeError.empty(.helloName)),
      ("a\nb", .forbiddenByte(0x0A, offset: 1, in: .helloName)),
      (String(repeating: "x", count: 9_001), .tooLong(9_001, limit: 9_000, in: .helloName)),
    ])
  func refusesNames(_ name: String, _ error: EnvelopeError) {
    #expect(throws: error) { try makePlan(ehloName: name) }
  }

  @Test(
    "A SIZE limit is a positive number or none",
    arguments: [
      ("SIZE 100", 100), ("size 100", 100), ("SIZE", nil), ("SIZE 0", nil), ("SIZE -5", nil),
      ("SIZE 99999999999999999999999", nil), ("SIZE 100 200", 100), ("SIZEX 100", nil),
    ] as [(String, Int?)])
  func readsSizeLimit(_ line: String, _ limit: Int?) {
    #expect(Capabilities(assumed: [line]).sizeLimit == limit)
  }

  @Test(
    "An enhanced code is read where it is one, and of the reply's class",
    arguments: [
      (550, "5.1.1 no", "5.1.1"), (250, "2.0.0", "2.0.0"), (450, "4.123.999 x", "4.123.999"),
      (550, "4.1.1 no", nil), (550, "5.1 no", nil), (550, "5.1.1.1 no", nil),
      (550, "5.1.1234", nil),
      (550, "5.1.", nil), (550, "5..1", nil), (550, "no 5.1.1", nil), (550, "", nil),
      (550, "5.1.1no", nil), (550, "5.1.1\0", nil),
    ] as [(Int, String, String?)])
  func readsEnhancedCodes(_ code: Int, _ text: String, _ status: String?) {
    let reply = Reply(code: code, enhanced: nil, lines: [Array("x".utf8), Array(text.utf8)])
    #expect(reply.readingEnhancedCode().enhanced == status)
  }
}
