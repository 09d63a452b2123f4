import Reporting
import Testing

@Suite("Text in XML")
struct XMLTextTests {
  @Test(
    "Is printable ASCII without a character that XML reserves",
    arguments: (0...0x2FF).compactMap(Unicode.Scalar.init) + ["\u{202E}", "\u{FFFE}", "\u{10FFFF}"])
  func everyScalar(_ scalar: Unicode.Scalar) {
    let text = xmlText("a" + String(scalar) + "b")
    #expect(text.utf8.allSatisfy { (0x20...0x7E).contains($0) })
    #expect(!text.contains { "<>\"'".contains($0) })
    #expect(text.hasPrefix("a") && text.hasSuffix("b") && text.count > 2)
    #expect(text.contains("&") == ["&", "<", ">", "\"", "'"].contains(scalar))
  }

  @Test(
    "Is what a reader can read back",
    arguments: [
      ("", ""), ("a & b", "a &amp; b"), ("<]]>", "&lt;]]&gt;"), ("\"'", "&quot;&apos;"),
      ("\u{1B}[0m\r\n", #"\x1B[0m\r\n"#), ("é", #"\xC3\xA9"#),
      ("::error::no", ":&#58;error:&#58;no"), ("##[group]", "#&#35;[group]"),
      ("::::", ":&#58;&#58;&#58;"),
    ])
  func rows(text: String, escaped: String) {
    #expect(xmlText(text) == escaped)
  }
}
