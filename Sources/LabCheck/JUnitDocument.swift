import SessionTrace

/// The check as JUnit's XML: a suite a fixture, a case a run.
///
/// A known failure is skipped with its reason, a surprise pass fails, and a run that could not be
/// played is an error: so every CI system shows the same as the matrix. The dialect is the one that
/// GitLab, Jenkins and GitHub's reporters read (`testsuites`, `testsuite`, `testcase`).
func junitDocument(_ report: CheckReport) -> String {
  var suites: [(name: String, results: [CheckResult])] = []
  for result in report.results {
    if suites.last?.name == result.fixture {
      suites[suites.count - 1].results.append(result)
    } else {
      suites.append((result.fixture, [result]))
    }
  }
  var text = #"<?xml version="1.0" encoding="UTF-8"?>"# + "\n"
  text += element("testsuites", [("name", "smtpprobe lab check")] + totals(of: report.results))
  for suite in suites {
    text += "  " + element("testsuite", [("name", suite.name)] + totals(of: suite.results))
    for result in suite.results { text += testCase(result) }
    text += "  </testsuite>\n"
  }
  return text + "</testsuites>\n"
}

private func totals(of results: [CheckResult]) -> [(String, String)] {
  [
    ("tests", "\(results.count)"),
    ("failures", "\(results.count { verdictElement(of: $0) == "failure" })"),
    ("errors", "\(results.count { verdictElement(of: $0) == "error" })"),
    ("skipped", "\(results.count { verdictElement(of: $0) == "skipped" })"),
    ("time", seconds(results.reduce(0) { $0 + $1.duration })),
  ]
}

private func testCase(_ result: CheckResult) -> String {
  let start = element(
    "testcase",
    [("classname", result.fixture), ("name", result.run), ("time", seconds(result.duration))])
  guard let verdict = verdictElement(of: result) else {
    return "    " + start + "    </testcase>\n"
  }
  let message = details(of: result).first ?? ""
  let body = details(of: result).map { xmlText($0) + "\n" }.joined()
  return "    " + start + "      " + element(verdict, [("message", message)])
    + body + "      </\(verdict)>\n    </testcase>\n"
}

/// The element that says what is not as wanted; `nil` when all is.
private func verdictElement(of result: CheckResult) -> String? {
  switch result.outcome {
  case .asWanted: nil
  case .mismatch: result.told == nil ? "error" : "failure"
  case .knownFailure: "skipped"
  case .surprisePass: "failure"
  }
}

private func element(_ name: String, _ attributes: [(String, String)]) -> String {
  "<" + name + attributes.map { " \($0)=\"\(xmlText($1))\"" }.joined() + ">\n"
}

/// `1.042`.
private func seconds(_ duration: Microseconds) -> String {
  let thousandths = String((duration + 500) / 1_000 % 1_000)
  let zeros = String(repeating: "0", count: 3 - thousandths.utf8.count)
  return "\((duration + 500) / 1_000_000).\(zeros)\(thousandths)"
}
