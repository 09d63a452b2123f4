import SMTPDialogue
import SessionOptions
import SessionTrace
import TestSupport
import Testing
import Wire

@testable import Probe

@Suite("Recipients from a file")
struct RecipientFileTests {
  @Test("stand one a line, with or without brackets, between blank lines and remarks")
  func reads() throws {
    let text =
      "\u{FEFF}a@example.org\r\n\n# b@example.org\n  <c@example.org>\t\n\"d e,f\"@x\nj\u{F6}rg@x"
    let recipients = try RecipientFile.recipients(in: Array(text.utf8), of: "list")
    #expect(
      recipients == ["a@example.org", "c@example.org", "\"d e,f\"@x", "j\u{F6}rg@x"])
  }

  @Test(
    "are refused with the line where one is none",
    arguments: [
      ("a@x\nb@x c@x\n", "list, line 2: one address a line"),
      ("a@x,b@x", "list, line 1: one address a line"),
      ("a@x\n\n<>\n", "list, line 3: an empty address"),
      ("a>@x", "list, line 1: holds > at byte 1"), ("a\u{0}@x", "list, line 1: holds \\x00"),
      (String(repeating: "l", count: 1_025), "list, line 1: has 1025 bytes; the most is 1024"),
      ("# nobody\n", "list: no recipient in it"),
      (String(repeating: "a@x\n", count: 10_001), "list, line 10001: more than 10000 recipients"),
    ])
  func refuses(text: String, problem: String) {
    let error = #expect(throws: PlanError.self) {
      try RecipientFile.recipients(in: Array(text.utf8), of: "list")
    }
    #expect(error?.description.hasPrefix(problem) == true, "\(String(describing: error))")
    #expect(error?.status == .badInput)
  }

  @Test("are refused where they are no UTF-8")
  func notUTF8() {
    #expect(throws: PlanError.self) {
      try RecipientFile.recipients(in: [UInt8(ascii: "a"), 0xFF], of: "list")
    }
  }

  @Test("are what the plan names, and are told among the options in force")
  func plan() throws {
    let file = try Scratch(Array("a@x\nb@x\n".utf8))
    var options = SessionOptions()
    options.toFile = file.path
    let target = try #require(Target("mx.example.org"))
    let plan = try PlanBuilder(target: target, options: options).plan(arguments: [])
    #expect(plan.dialogue.envelope.recipients == ["a@x", "b@x"].map { Array($0.utf8) })
    #expect(plan.options["to"] == .text("a@x,b@x"))
    options.toFile = file.path + ".none"
    let builder = PlanBuilder(target: target, options: options)
    let error = #expect(throws: PlanError.self) { try builder.plan(arguments: []) }
    #expect(error?.status == .noInput)
  }
}
