import SMTPDialogue
import Testing

@Suite("Base64")
struct Base64Tests {
  @Test(
    "is that of RFC 4648 section 10",
    arguments: [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
      ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ])
  func vectors(clear: String, coded: String) {
    #expect(Base64.encoded(Array(clear.utf8)) == Array(coded.utf8))
    #expect(Base64.decoded(Array(coded.utf8)) == Array(clear.utf8))
  }

  @Test("gives every byte back, at every length")
  func everyByte() {
    let all = (0...255).map(UInt8.init)
    for count in 0...all.count {
      #expect(Base64.decoded(Base64.encoded(all.prefix(count))) == Array(all.prefix(count)))
    }
  }

  @Test(
    "is refused where it is none",
    arguments: [
      "A", "AB", "ABC", "ABC=D", "=ABC", "A===", "AB=C", "AB==AAAA", "AB C", "====", "A\u{E9}==",
    ])
  func refused(text: String) { #expect(Base64.decoded(Array(text.utf8)) == nil) }
}
