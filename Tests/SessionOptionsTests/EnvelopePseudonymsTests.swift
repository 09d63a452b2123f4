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
    #expect(EnvelopePseudonyms(of: [mailbox])[mailbox] == pseudonym)
    #expect(pseudonym.utf8.count == mailbox.utf8.count)
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
}
