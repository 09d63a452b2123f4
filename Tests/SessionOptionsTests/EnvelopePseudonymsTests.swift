import SessionOptions
import Testing

@Suite("Pseudonyms of an envelope")
struct EnvelopePseudonymsTests {
  @Test(
    "have the length and the form of the addresses",
    arguments: [
      ("alice@example.org", "xxxxx@xxxxxxx.xxx"), ("a.b+c@d-e.example", "x.x+x@x-x.xxxxxxx"),
      ("postmaster", "postmaster"), ("Postmaster@example.org", "Postmaster@xxxxxxx.xxx"),
      ("bob@[192.0.2.1]", "xxx@[192.0.2.1]"), ("root", "xxxx"), ("", ""),
      ("\u{e9}ve@example.org", "xxxx@xxxxxxx.xxx"),
    ])
  func form(mailbox: String, pseudonym: String) {
    let shown = EnvelopePseudonyms(of: [mailbox])[mailbox]
    #expect(shown == pseudonym)
    #expect(shown.utf8.count == mailbox.utf8.count)
  }

  @Test("are different for different people, and the same for the same domain")
  func distinct() {
    let people = [
      "alice@example.org", "carol@example.org", "alice@example.net", "alice@example.org",
    ]
    let names = EnvelopePseudonyms(of: people)
    #expect(
      people.map { names[$0] } == [
        "xxxxx@xxxxxxx.xxx", "xxxxy@xxxxxxx.xxx", "xxxxx@xxxxxxx.xxy", "xxxxx@xxxxxxx.xxx",
      ])
    // Once more, they are their own.
    let again = people.map { names[$0] }
    #expect(again.map { EnvelopePseudonyms(of: again)[$0] } == again)
  }

  @Test("take the place of addresses in the words of a command")
  func words() {
    let names = EnvelopePseudonyms(of: ["a@b.example", "aa@b.example", "root"])
    #expect(names.replacing(in: "--to=aa@b.example,a@b.example") == "--to=xx@x.xxxxxxx,x@x.xxxxxxx")
    #expect(names.replacing(in: "root") == "root")
  }

  @Test("are of their own for each of very many of one form", arguments: [101, 700, 5_000])
  func many(number: Int) {
    let people = (0..<number).map { index in
      let digits = String(index)
      return "user" + String(repeating: "0", count: 5 - digits.count) + digits + "@example.org"
    }
    let names = EnvelopePseudonyms(of: people)
    let pseudonyms = people.map { names[$0] }
    #expect(Set(pseudonyms).count == number)
    #expect(pseudonyms.allSatisfy { $0.utf8.count == 21 && $0.hasSuffix("@xxxxxxx.xxx") })
    // Whoever comes later changes none of them, and once more they are their own.
    let longer = EnvelopePseudonyms(of: people + ["somebody@example.net"])
    #expect(people.map { longer[$0] } == pseudonyms)
    let again = EnvelopePseudonyms(of: pseudonyms)
    #expect(pseudonyms.map { again[$0] } == pseudonyms)
  }

  @Test(
    "take the place of the address that a parameter holds",
    arguments: [
      ("ORCPT=rfc822;alice@example.org", "ORCPT=rfc822;xxxxx@xxxxxxx.xxx"),
      ("AUTH=alice@example.org", "AUTH=xxxxx@xxxxxxx.xxx"), ("AUTH=<>", "AUTH=<>"),
      ("NOTIFY=SUCCESS", "NOTIFY=SUCCESS"), ("REQUIRETLS", "REQUIRETLS"),
    ])
  func parameters(text: String, shown: String) throws {
    let parameter = try ESMTPParameter(option: text)
    let names = EnvelopePseudonyms(of: [parameter.mailbox ?? "root"])
    #expect(parameter.with(names).optionText == shown)
  }
}
