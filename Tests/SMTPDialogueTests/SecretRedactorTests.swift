import Testing

@testable import SMTPDialogue

/// One password, and each way in which a server may give it away.
@Suite("What a server says of a secret")
struct SecretRedactorTests {
  private static let password = "Sw0rdFish+/%&xyz"

  private func redacted(
    _ text: String, of password: String = password, cut: SecretRedactor.Cuts = []
  ) -> String {
    let redactor = SecretRedactor(password: password)
    return String(decoding: redactor.redacted(Array(text.utf8), cut: cut), as: UTF8.self)
  }

  private static func stars(_ count: Int) -> String { String(repeating: "*", count: count) }

  /// The password in another form, all of which becomes stars.
  static let forms = [
    "Sw0rdFish+/%&xyz", "sw0rdfish+/%&xyz", "SW0RDFISH+/%&XYZ", "zyx&%/+hsiFdr0wS",
    "U3cwcmRGaXNoKy8lJnh5eg==", "U3cwcmRGaXNoKy8lJnh5eg", "==ge5hnJl8yKoNXaGRmcwc3U",
    "5377307264466973682b2f252678797a", "5377307264466973682B2F252678797A",
    "53 77 30 72 64 46 69 73 68 2b 2f 25 26 78 79 7a",
    "53:77:30:72:64:46:69:73:68:2B:2F:25:26:78:79:7A", "Sw0rdFish%2B%2F%25%26xyz",
    "Sw0rdFish%2b%2f%25%26xyz", "Sw0rdFish%2B/%25&xyz",
    "%53%77%30%72%64%46%69%73%68%2B%2F%25%26%78%79%7A", "S w 0 r d F i s h + / % & x y z",
    "U3cwcmRGaXNoKy8lJnh5eg%3D%3D",
  ]

  @Test("is so many stars, in every form that can be read back", arguments: forms)
  func form(said: String) {
    let stars = Self.stars(said.utf8.count)
    #expect(redacted("535 5.7.8 \(said) is wrong\r\n") == "535 5.7.8 \(stars) is wrong\r\n")
  }

  @Test("is found over two lines of a reply, whatever stands before its parts", arguments: forms)
  func split(said: String) {
    for place in 1..<said.utf8.count {
      let (first, second) = (String(said.prefix(place)), String(said.dropFirst(place)))
      let shown = Self.stars(place)
      for status in ["", "5.7.8 "] {
        let reply = "535-\(status)no \(first)\r\n535 \(status)\(second), I said\r\n"
        let stars = redacted(reply)
        // A blank at the end of a line is seen by nobody.
        let expected =
          "535-\(status)no \(shown)\r\n535 \(status)\(Self.stars(second.utf8.count)), I said\r\n"
        #expect(plain(stars) == plain(expected), "\(stars)")
        let lines = [Array("\(status)no \(first)".utf8), Array("\(status)\(second), I said".utf8)]
        let redactor = SecretRedactor(password: Self.password)
        let texts = redactor.redacted(lines: lines).map { String(decoding: $0, as: UTF8.self) }
        #expect(plain(texts[0]) == plain("\(status)no \(shown)"))
        #expect(texts.map(\.utf8.count) == lines.map(\.count))
      }
    }
  }

  /// Blanks and stars are all the same.
  private func plain(_ text: String) -> String { text.replacing("*", with: " ") }

  @Test(
    "leaves everything else as it is, codes and line ends above all",
    arguments: [
      ("correct horse", "535 correct horse is wrong", "535 ************* is wrong"),
      ("correct horse", "250-correct\r\n250 5.7.8 horse\r\n", "250-*******\r\n250 5.7.8 *****\r\n"),
      ("correct horse", "correct+horse", "*************"),
      ("correct horse", "correct%20horse", "***************"),
      ("correct horse", "correct", "correct"), ("correct horse", "", ""),
      ("correct horse", "(Y29ycmVjdCBob3JzZQ)", "(******************)"),
      ("2505", "250-5.7.8 no\r\n250 5.7.8 2505\r\n", "250-5.7.8 no\r\n250 5.7.8 ****\r\n"),
      ("a%41b-c", "a%41b-c or a%2541b-c", "******* or *********"),
      ("pässword", "p%C3%A4ssword, 70c3a4737377 6f7264", "*************, *******************"),
    ])
  func exact(password: String, said: String, shown: String) {
    #expect(redacted(said, of: password) == shown)
  }

  @Test(
    "of three bytes or fewer is starred where it is a word by itself",
    arguments: [
      ("abc", "535 no abc\r\n", "535 no ***\r\n"),
      ("abc", "535 abcd ABC=cba (616263, YWJj)", "535 abcd ***=*** (******, ****)"),
      ("ab", "535 ab: cab about YWI= YWI, 6162 %61%62", "535 **: cab about **** ***, **** ******"),
      ("5", "535-5.7.8 no 5\r\n535 5.7.8 15 or '5'", "535-5.7.8 no *\r\n535 5.7.8 15 or '*'"),
      ("a", "250 a cat %61", "250 * cat ***"), ("250", "250 250 ok", "250 *** ok"),
      ("+", "250 a+b + c", "250 a+b * c"),
      // Not in the middle of others in another form either.
      ("ab", "250 queued as x6162y or xYWI=y", "250 queued as x6162y or xYWI=y"),
      ("12", "250 at 3132z3132", "250 at 3132z3132"), ("", "250 ok", "250 ok"),
    ])
  func short(password: String, said: String, shown: String) {
    #expect(redacted(said, of: password) == shown)
  }

  @Test("has no four digits of it in Base64, whatever stands before and behind", arguments: 0..<7)
  func inTheMiddle(shift: Int) {
    for tail in ["", ":", "::", ":::"] {
      let text = String(repeating: "u", count: shift) + "correct horse" + tail
      let coded = String(decoding: Base64.encoded(Array(text.utf8)), as: UTF8.self)
      let shown = redacted(coded, of: "correct horse")
      #expect(shown.utf8.count == coded.utf8.count)
      // Digits that are shared with a neighbour stay, and say less than a byte.
      #expect(shown.utf8.count { $0 == UInt8(ascii: "*") } >= 16, "\(coded): \(shown)")
    }
  }

  @Test("is starred whole where one secret holds another")
  func echo() {
    var redactor = SecretRedactor(password: "correct horse")
    let response = Array("\0alice\0correct horse".utf8)
    redactor.add(response)
    let coded = Base64.encoded(response)
    for bytes in [response, coded] {
      #expect(redactor.redacted(bytes) == Array(repeating: UInt8(ascii: "*"), count: bytes.count))
    }
    let cut = Array(coded.dropLast(5))
    #expect(
      redactor.redacted(cut, cut: .end) == Array(repeating: UInt8(ascii: "*"), count: cut.count))
  }

  @Test(
    "that was cut is no shorter secret",
    arguments: [
      ("535 correct ho", .end, "535 **********"),
      ("535 correct ho", [], "535 correct ho"), ("535 cor", .end, "535 cor"),
      ("Y29ycmVjd", .end, "*********"),
      ("535-corr\r\n535 5.1.1 ect", .end, "535-****\r\n535 5.1.1 ***"),
      ("535 rect horse it is", .start, "535 ********** it is"),
      ("jdCBob3JzZQ==", .start, "*************"),
      ("535 rect horse it is", .end, "535 rect horse it is"),
    ] as [(String, SecretRedactor.Cuts, String)])
  func cut(said: String, cuts: SecretRedactor.Cuts, shown: String) {
    #expect(redacted(said, of: "correct horse", cut: cuts) == shown)
  }

  /// What a byte costs must not grow with the secret, nor with what of it the text holds.
  @Test(
    "looks at each byte of the longest reply twice at the most, with the longest secret",
    arguments: ["a", "ab", "%61", "a\r\n535-", "YWFh"])
  func hostile(shape: String) {
    let password = String(repeating: "a", count: 8_000) + "b"
    let text = Array(String(repeating: shape, count: 950_000 / shape.utf8.count).utf8)
    let search = PatternSearch(SecretForms.all(of: Array(password.utf8)))
    var found = 0
    #expect(search.places(in: text) { _ in found += 1 } <= 2 * text.count)
    #expect(found <= text.count)
    let redactor = SecretRedactor(password: password)
    #expect(redactor.redacted(text, cut: [.start, .end]).count == text.count)
  }
}
