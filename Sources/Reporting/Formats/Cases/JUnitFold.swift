import SessionTrace

/// Cases as JUnit's XML: a suite for each run of cases that belong together.
///
/// So every CI system shows the same as the report. The dialect is the one that GitLab, Jenkins and
/// GitHub's reporters read (`testsuites`, `testsuite`, `testcase`).
enum JUnitFold {
  static func render(_ document: any Document, _: Look) -> [UInt8] {
    var text = #"<?xml version="1.0" encoding="UTF-8"?>"# + "\n"
    for case .cases(let name, let cases) in document.blocks { add(cases, name, to: &text) }
    return Array(text.utf8)
  }

  private static func add(_ cases: [TestCase], _ name: String, to text: inout String) {
    text += element("testsuites", [("name", name)] + totals(of: cases[...]))
    var rest = cases[...]
    while let suite = rest.first?.suite {
      let end = rest.firstIndex { $0.suite != suite } ?? rest.endIndex
      text += "  " + element("testsuite", [("name", suite)] + totals(of: rest[..<end]))
      for one in rest[..<end] { add(one, to: &text) }
      text += "  </testsuite>\n"
      rest = rest[end...]
    }
    text += "</testsuites>\n"
  }

  private static func totals(of cases: ArraySlice<TestCase>) -> [(String, String)] {
    [
      ("tests", "\(cases.count)"),
      ("failures", "\(cases.count { $0.verdict == .failure })"),
      ("errors", "\(cases.count { $0.verdict == .error })"),
      ("skipped", "\(cases.count { $0.verdict == .skipped })"),
      ("time", seconds(cases.reduce(0) { $0 + $1.duration })),
    ]
  }

  private static func add(_ one: TestCase, to text: inout String) {
    text +=
      "    "
      + element(
        "testcase",
        [("classname", one.suite), ("name", one.name), ("time", seconds(one.duration))])
    if let verdict = one.verdict?.rawValue {
      text += "      " + element(verdict, [("message", one.details.first ?? "")])
      for detail in one.details { text += xmlText(detail) + "\n" }
      text += "      </\(verdict)>\n"
    }
    text += "    </testcase>\n"
  }

  private static func element(_ name: String, _ attributes: [(String, String)]) -> String {
    "<" + name + attributes.map { " \($0)=\"\(xmlText($1))\"" }.joined() + ">\n"
  }

  /// `1.042`.
  private static func seconds(_ duration: Microseconds) -> String {
    let thousandths = String((duration + 500) / 1_000 % 1_000)
    let zeros = String(repeating: "0", count: 3 - thousandths.utf8.count)
    return "\((duration + 500) / 1_000_000).\(zeros)\(thousandths)"
  }
}
