/// Cases by the Test Anything Protocol, version 14: a plan, a line a case, and why behind those that are
/// not well, as a block of YAML.
enum TAPFold {
  static func render(_ document: any Document, _: Look) -> [UInt8] {
    let cases = document.blocks.flatMap { block -> [TestCase] in
      if case .cases(_, let cases) = block { cases } else { [] }
    }
    var text = "TAP version 14\n1..\(cases.count)\n"
    for (number, one) in cases.enumerated() { add(one, number + 1, to: &text) }
    return Array(text.utf8)
  }

  private static func add(_ one: TestCase, _ number: Int, to text: inout String) {
    let name = description("\(one.suite): \(one.name)")
    let isOK = one.verdict == nil || one.verdict == .skipped
    text += "\(isOK ? "ok" : "not ok") \(number) - \(name)"
    if one.verdict == .skipped { text += " # SKIP \(description(one.details.first ?? ""))" }
    text += "\n"
    guard let verdict = one.verdict, verdict != .skipped else { return }
    text += "  ---\n  severity: \(verdict == .error ? "error" : "fail")\n"
    if let message = one.details.first { text += "  message: \(quoted(message))\n" }
    if one.details.count > 1 {
      text += "  details:\n"
      for detail in one.details.dropFirst() { text += "    - \(quoted(detail))\n" }
    }
    text += "  ...\n"
  }

  /// Text in a line of ours, where `#` would begin a directive and a backslash takes that back.
  private static func description(_ text: String) -> String {
    shown(text).replacing(#"\"#, with: #"\\"#).replacing("#", with: "\\#")
  }

  /// A string of YAML in double quotes; printable ASCII needs no other escapes there.
  private static func quoted(_ text: String) -> String {
    "\"" + shown(text).replacing(#"\"#, with: #"\\"#).replacing("\"", with: #"\""#) + "\""
  }
}
