import Authentication
import SMTPDialogue
import Testing

@testable import Probe

@Suite("What a server says of a secret")
struct SecretRedactorTests {
  private let redactor = SecretRedactor(Credentials(user: "alice", password: "correct horse"))

  private func redacted(_ text: String, isCut: Bool = false) -> String {
    String(decoding: redactor.redacted(Array(text.utf8), isCut: isCut), as: UTF8.self)
  }

  @Test(
    "is so many stars",
    arguments: [
      ("535 correct horse is wrong", "535 ************* is wrong"),
      ("Y29ycmVjdCBob3JzZQ==", "********************"),
      ("(Y29ycmVjdCBob3JzZQ)", "(******************)"), ("correct", "correct"), ("", ""),
    ])
  func stars(said: String, shown: String) {
    #expect(redacted(said) == shown)
  }

  @Test("has no four digits of it in Base64, whatever stands before and behind", arguments: 0..<7)
  func inTheMiddle(shift: Int) {
    for tail in ["", ":", "::", ":::"] {
      let text = String(repeating: "u", count: shift) + "correct horse" + tail
      let coded = String(decoding: Base64.encoded(Array(text.utf8)), as: UTF8.self)
      let shown = redacted(coded)
      #expect(shown.utf8.count == coded.utf8.count)
      // Digits that are shared with a neighbour stay, and say less than a byte.
      #expect(shown.utf8.count { $0 == UInt8(ascii: "*") } >= 16, "\(coded): \(shown)")
    }
  }

  @Test("is starred whole where one secret holds another")
  func echo() {
    var redactor = redactor
    let response = Array("\0alice\0correct horse".utf8)
    redactor.add(response)
    redactor.addInBase64(response)
    let coded = Base64.encoded(response)
    for bytes in [response, coded] {
      #expect(redactor.redacted(bytes) == Array(repeating: UInt8(ascii: "*"), count: bytes.count))
    }
    let cut = Array(coded.dropLast(5))
    #expect(
      redactor.redacted(cut, isCut: true) == Array(repeating: UInt8(ascii: "*"), count: cut.count))
  }

  @Test("that was cut is no shorter secret")
  func cut() {
    #expect(redacted("535 correct ho", isCut: true) == "535 **********")
    #expect(redacted("535 correct ho") == "535 correct ho")
    #expect(redacted("535 cor", isCut: true) == "535 cor")
    #expect(redacted("Y29ycmVjd", isCut: true) == "*********")
  }
}
