import Diagnosis
import Reporting

/// The confusion of diagnoses as a page of Markdown: what the classes mean, the matrix, every run.
///
/// Nothing in it differs from one time to the next that a reader need not look at: no durations, no numbers
/// of sessions.
func confusionPage(_ report: ConfusionReport) -> [UInt8] {
  var page = MarkdownPage()
  page.heading(1, "Confusion matrix")
  page.paragraph(preface)
  page.paragraph("**\(report.sum).**")
  page.heading(2, "Entries")
  page.paragraph(matrixRemark)
  page.table(["at work", "told, and how often"], report.rows.map { [$0.truth, $0.words] })
  page.paragraph(remarks(on: report))
  page.heading(2, "What is not right")
  page.table(
    ["run", "wanted", "told", "class"],
    report.results.filter { $0.outcome != .right }.map {
      [$0.id, $0.truth.words, $0.words, $0.outcome.rawValue]
    })
  var families: [String] = []
  for result in report.results where !families.contains(result.family) {
    families.append(result.family)
  }
  for family in families {
    page.heading(2, family.isEmpty ? "Others" : family)
    page.table(
      ["fixture", "runs", "wanted", "told", "class"],
      groups(of: report.results.filter { $0.family == family }))
  }
  return page.bytes
}

private let preface = """
  Every run of every fixture of the lab was diagnosed, with the options of the run, and what `smtpprobe diagnose` named is held
  against what is truly at work. This page is made by

  ```sh
  smtpprobe lab check --diagnose -o Sources/Confusion.md
  ```

  Wanted is what the table of the catalogue says of the fixture (`smtpprobe explain` lists the fixtures of each entry); *none,
  like A1* is a fixture that looks like A1 and is something else, or that no client could tell from it.

  | class | means |
  | --- | --- |
  | `right` | what is at work was named, as confirmed or consistent; or nothing was named where there is nothing to name |
  | `twin` | instead of it something was called consistent that looks like it, or is a part of it |
  | `missed` | something is at work and nothing was named: an honest "cannot tell" |
  | `doubtful` | something was called consistent that neither is at work nor looks like it, or a server was suspected that is well |
  | `wrong` | something was confirmed that is not at work |
  """

private let matrixRemark = """
  A row for each entry that makes runs fail, with what was told of those. Where several are at work in a fixture, its runs stand in
  the row of each, and *at work too* is one of the others.
  """

private func remarks(on report: ConfusionReport) -> String {
  let others = codes(report.entriesWithoutRun)
  let missed = codes(report.unrecognised)
  return
    "Recognised in no run: \(missed.isEmpty ? "none" : missed). No run fails by the others, which are"
    + " seen in passing or have no fixture: \(others.isEmpty ? "none" : others)."
}

/// A row for the runs of a fixture that are alike in all columns.
private func groups(of results: [ConfusionResult]) -> [[String]] {
  var groups: [(fixture: String, runs: [String], rest: [String])] = []
  for result in results {
    let rest = [result.truth.words, result.words, result.outcome.rawValue]
    let place = groups.firstIndex { $0.fixture == result.fixture && $0.rest == rest }
    if let place {
      groups[place].runs.append(result.run)
    } else {
      groups.append((result.fixture, [result.run], rest))
    }
  }
  return groups.map { [$0.fixture, $0.runs.joined(separator: ", ")] + $0.rest }
}
