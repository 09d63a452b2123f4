import Testing
import Wire

@Suite("A domain in Unicode")
struct DomainNameTests {
  @Test(
    "is mapped as UTS #46 has it, into ASCII and into labels of Unicode",
    arguments: [
      ("example.org", "example.org", "example.org"),
      ("EXAMPLE.org.", "EXAMPLE.org.", "EXAMPLE.org."),
      ("b\u{FC}cher.example", "xn--bcher-kva.example", "b\u{FC}cher.example"),
      ("B\u{DC}CHER.example", "xn--bcher-kva.example", "b\u{FC}cher.example"),
      // A full stop of another script, a digit of full width, a ligature.
      ("b\u{FC}cher\u{3002}example", "xn--bcher-kva.example", "b\u{FC}cher.example"),
      ("\u{FF11}.example", "1.example", "1.example"),
      ("\u{FB01}.example", "fi.example", "fi.example"),
    ])
  func maps(typed: String, ascii: String, unicode: String) throws {
    #expect(try domainInASCII(typed) == ascii)
    #expect(try domainInUnicode(typed) == unicode)
  }

  @Test(
    "is none with a label of nothing, or of what no label has",
    arguments: ["\u{AD}.example", "a.\u{AD}.example", "\u{AD}", "\u{2028}.example"])
  func refuses(typed: String) {
    #expect(throws: DomainNameError.self) { try domainInASCII(typed) }
    #expect(throws: DomainNameError.self) { try domainInUnicode(typed) }
  }
}
