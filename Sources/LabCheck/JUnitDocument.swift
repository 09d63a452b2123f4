import SessionTrace

/// What JUnit knows of one run.
struct JUnitCase {
  /// What is not simply well, by the element that says it.
  enum Verdict: String {
    case failure, error, skipped
  }

  /// The fixture.
  var suite: String
  var name: String
  var duration: Microseconds
  /// `nil` when all is well.
  var verdict: Verdict?
  /// The reasons; the first is the message.
  var details: [String]
}

/// Cases as JUnit's XML: a suite a fixture, a case a run.
///
/// So every CI system shows the same as the matrix. The dialect is the one that GitLab, Jenkins and
/// GitHub's reporters read (`testsuites`, `testsuite`, `testcase`).
func junitDocument(_ cases: [JUnitCase], name: String) -> String {
  var suites: [(name: String, cases: [JUnitCase])] = []
  for one in cases {
    if suites.last?.name == one.suite {
      suites[suites.count - 1].cases.append(one)
    } else {
      suites.append((one.suite, [one]))
    }
  }
  var text = #"<?xml version="1.0" encoding="UTF-8"?>"# + "\n"
  text += element("testsuites", [("name", name)] + totals(of: cases))
  for suite in suites {
    text += "  " + element("testsuite", [("name", suite.name)] + totals(of: suite.cases))
    for one in suite.cases { text += testCase(one) }
    text += "  </testsuite>\n"
  }
  return text + "</testsuites>\n"
}

extension CheckReport {
  /// A known failure is skipped with its reason, a surprise pass fails, and a run that could not be
  /// played is an error.
  var junitCases: [JUnitCase] {
    results.map { result in
      let verdict: JUnitCase.Verdict? =
        switch result.outcome {
        case .asWanted: nil
        case .mismatch: result.told == nil ? .error : .failure
        case .knownFailure: .skipped
        case .surprisePass: .failure
        }
      return JUnitCase(
        suite: result.fixture, name: result.run, duration: result.duration, verdict: verdict,
        details: details(of: result))
    }
  }
}

extension ConfusionReport {
  /// A wrong cause fails, what was not diagnosed is an error, and what was missed is skipped with its reason.
  var junitCases: [JUnitCase] {
    results.map { result in
      let verdict: JUnitCase.Verdict? =
        switch result.outcome {
        case .right: nil
        case .twin, .missed, .doubtful, .unjudged: .skipped
        case .wrong: .failure
        case .unplayed: .error
        }
      return JUnitCase(
        suite: result.family.isEmpty ? result.fixture : "\(result.family)/\(result.fixture)",
        name: result.run, duration: result.told?.duration ?? 0, verdict: verdict,
        details: details(of: result))
    }
  }
}

private func totals(of cases: [JUnitCase]) -> [(String, String)] {
  [
    ("tests", "\(cases.count)"),
    ("failures", "\(cases.count { $0.verdict == .failure })"),
    ("errors", "\(cases.count { $0.verdict == .error })"),
    ("skipped", "\(cases.count { $0.verdict == .skipped })"),
    ("time", seconds(cases.reduce(0) { $0 + $1.duration })),
  ]
}

private func testCase(_ one: JUnitCase) -> String {
  let start = element(
    "testcase",
    [("classname", one.suite), ("name", one.name), ("time", seconds(one.duration))])
  guard let verdict = one.verdict?.rawValue else {
    return "    " + start + "    </testcase>\n"
  }
  let body = one.details.map { xmlText($0) + "\n" }.joined()
  return "    " + start + "      " + element(verdict, [("message", one.details.first ?? "")])
    + body + "      </\(verdict)>\n    </testcase>\n"
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
