import Reporting

/// The matrix for people: a line a run, then what went wrong in full, then the sum.
///
/// ```
///         run                         wanted        told          time
/// ok      segmentation/reseg-513/512  ok@data       ok@data       0.04 s
/// FAIL    segmentation/reseg-513/513  stalled@mail  ok@data       0.05 s
/// ```
/// Everything in it is plain ASCII already: results are escaped where they are made.
func checkMatrix(_ report: CheckReport, style: TextStyle) -> String {
  let lines = textTable([columns] + cells(of: report))
  var text = style.paint(lines[0], .heading) + "\n"
  for (result, line) in zip(report.results, lines.dropFirst()) {
    text += style.paint(line, result.outcome.tone) + "\n"
  }
  for result in report.results where result.outcome != .asWanted {
    text += "\n" + style.paint("\(result.outcome.mark)  \(result.id)", result.outcome.tone) + "\n"
    text += details(of: result).map { "  \($0)\n" }.joined()
  }
  return text + "\n" + style.paint(sum(of: report), report.isAsWanted ? .good : .bad) + "\n"
}

/// The same as a page of Markdown.
func checkPage(_ report: CheckReport) -> [UInt8] {
  var page = MarkdownPage()
  page.heading(1, "Lab check")
  page.paragraph("**\(sum(of: report)).**")
  page.table(columns, cells(of: report))
  return page.bytes
}

private let columns = ["", "run", "wanted", "told", "time"]

private func cells(of report: CheckReport) -> [[String]] {
  report.results.map { result in
    [
      result.outcome.mark, result.id, result.wanted, result.told ?? "(not played)",
      secondsText(result.duration),
    ]
  }
}

/// Why a run is not simply as wanted, a line each; for people and for JUnit.
func details(of result: CheckResult) -> [String] {
  let known: [String] =
    switch result.outcome {
    case .asWanted, .mismatch: []
    case .knownFailure: ["known: \(result.knownReason ?? "")"]
    case .surprisePass:
      ["comes out as wanted, but is on the list of known failures: \(result.knownReason ?? "")"]
    }
  let summary = result.summary.isEmpty ? [] : ["told: \(result.summary)"]
  return known + result.complaints + summary + ["alone: \(result.command)"]
}

private func sum(of report: CheckReport) -> String {
  let counts: [(CheckOutcome, one: String, many: String)] = [
    (.asWanted, "as wanted", "as wanted"), (.mismatch, "mismatch", "mismatches"),
    (.knownFailure, "known failure", "known failures"),
    (.surprisePass, "surprise pass", "surprise passes"),
  ]
  let parts = counts.map { outcome, one, many in
    let count = report.count(outcome)
    return "\(count) \(count == 1 ? one : many)"
  }
  let missing = report.missing == 0 ? "" : ", \(report.missing) not played"
  let runs = report.results.count + report.missing
  return "\(runs) run\(runs == 1 ? "" : "s"): \(parts.joined(separator: ", "))\(missing); "
    + secondsText(report.duration)
}

extension CheckOutcome {
  fileprivate var tone: Tone {
    switch self {
    case .asWanted: .plain
    case .mismatch, .surprisePass: .bad
    case .knownFailure: .warning
    }
  }
}
