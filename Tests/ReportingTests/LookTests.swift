import Reporting
import Testing

@Suite("What the reader of some output can be shown")
struct LookTests {
  @Test(
    "colour on a terminal that wants it, and blocks where the locale has them",
    arguments: [
      (false, ["LANG": "C.UTF-8"], false, false), (true, [:], true, false),
      (true, ["LANG": "de_DE.UTF-8"], true, true),
      (true, ["NO_COLOR": "1", "LANG": "C.utf8"], false, true),
      (true, ["NO_COLOR": ""], true, false), (true, ["TERM": "dumb"], false, false),
      (true, ["LC_ALL": "C", "LANG": "C.UTF-8"], true, false),
      (true, ["LC_ALL": "", "LANG": "C.UTF-8"], true, true),
    ] as [(Bool, [String: String], Bool, Bool)])
  func look(isTerminal: Bool, variables: [String: String], colour: Bool, unicode: Bool) {
    let look = Look(isTerminal: isTerminal) { variables[$0] }
    #expect(look.style == (colour ? .colour : .plain))
    #expect(look.unicode == unicode)
  }

  @Test(
    "a file's format is by what follows the last dot of its name",
    arguments: [
      ("a.json", ReportFormat.json), ("a.b/c.md", .markdown), ("a.MD", .markdown),
      ("a.json/b", nil), ("json", nil), ("a.pdf", nil),
    ] as [(String, ReportFormat?)])
  func format(path: String, format: ReportFormat?) {
    #expect(ReportFormat(path: path) == format)
  }
}
