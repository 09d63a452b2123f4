import SessionOptions
import Testing

@Suite("The choice of a mechanism")
struct SASLMechanismTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var offered: [String]
    var wanted = "any"
    var canBind = false
    var isPrivate = true
    var chosen: String?
    var testDescription: String { "\(offered), \(wanted): \(chosen ?? "none")" }
  }

  @Test(
    "is the strongest of what is offered, or the first that was named",
    arguments: [
      Row(offered: ["PLAIN", "LOGIN", "CRAM-MD5"], chosen: "CRAM-MD5"),
      Row(offered: ["PLAIN", "SCRAM-SHA-1", "SCRAM-SHA-256"], chosen: "SCRAM-SHA-256"),
      Row(offered: ["SCRAM-SHA-256-PLUS", "SCRAM-SHA-1"], chosen: "SCRAM-SHA-1"),
      Row(
        offered: ["SCRAM-SHA-256-PLUS", "SCRAM-SHA-1"], canBind: true, chosen: "SCRAM-SHA-256-PLUS"),
      Row(offered: ["LOGIN", "PLAIN"], chosen: "PLAIN"),
      // Nobody on the way learns a password that its user did not mean to say.
      Row(offered: ["LOGIN", "PLAIN"], isPrivate: false, chosen: nil),
      Row(offered: ["LOGIN", "PLAIN"], wanted: "login", isPrivate: false, chosen: "LOGIN"),
      Row(offered: ["XOAUTH2", "EXTERNAL"], chosen: nil),
      Row(offered: ["XOAUTH2", "EXTERNAL"], wanted: "EXTERNAL,XOAUTH2", chosen: "EXTERNAL"),
      Row(offered: ["NTLM", "GSSAPI"], chosen: nil), Row(offered: [], chosen: nil),
      Row(offered: ["PLAIN"], wanted: "SCRAM-SHA-1,PLAIN", chosen: "PLAIN"),
    ])
  func chosen(row: Row) throws {
    let wanted = try SASLChoice(option: row.wanted).named
    let best = SASLMechanism.best(
      of: row.offered, wanted: wanted, canBind: row.canBind, isPrivate: row.isPrivate)
    #expect(best?.name == row.chosen)
  }
}
