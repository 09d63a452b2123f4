import Testing

@testable import LabCheck

@Suite("The list of known failures")
struct KnownFailuresTests {
  @Test(
    "Holds ids with reasons; empty lines and remarks are nothing",
    arguments: [
      ("", [:]),
      ("# a remark\n\n   \n", [:]),
      ("a/b/c # why", ["a/b/c": "why"]),
      ("  a/b/c\t#  why # twice \r\nd/e/f#x", ["a/b/c": "why # twice", "d/e/f": "x"]),
    ] as [(String, [String: String])])
  func reads(text: String, reasons: [String: String]) throws {
    let list = try KnownFailures(text: text, file: "list", isRun: { _ in true })
    #expect(list.reasons == reasons)
  }

  @Test(
    "Refuses what would hide something",
    arguments: [
      ("a/b/c", "list:1: \"a/b/c\" has no reason; write one behind a #"),
      ("\na/b/c #  ", "list:2: \"a/b/c\" has no reason; write one behind a #"),
      ("a/b/c # x\na/b/c # y", "list:2: \"a/b/c\" stands here twice"),
      (
        "gone/b/c # x",
        "list:1: no run is called \"gone/b/c\" (smtpprobe lab list --runs names them all)"
      ),
    ])
  func refuses(text: String, complaint: String) {
    let error = #expect(throws: KnownFailuresError.self) {
      try KnownFailures(text: text, file: "list", isRun: { !$0.hasPrefix("gone") })
    }
    #expect(error?.description == complaint)
  }
}
