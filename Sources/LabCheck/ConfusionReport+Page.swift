import Diagnosis
import Reporting

extension ConfusionReport {
  /// The confusion as a page: what the classes mean, the matrix, every run.
  ///
  /// Nothing in it differs from one time to the next that a reader need not look at: no durations, no numbers
  /// of sessions.
  var page: [Block] {
    var families: [String] = []
    for result in results where !families.contains(result.family) {
      families.append(result.family)
    }
    return [
      .prose(preface), .script(remake), .prose(legend), classes, .prose("**\(sum).**"),
      .heading(.section, "Entries"), .prose(matrixRemark),
      table(["at work", "told, and how often"], rows.map { [$0.truth, $0.words] }),
      .prose(remarks(on: self)),
      .heading(.section, "What is not right"),
      table(
        ["run", "wanted", "told", "class"],
        results.filter { $0.outcome != .right }.map {
          [$0.id, $0.truth.words, $0.words, $0.outcome.rawValue]
        }),
    ]
      + families.flatMap(section)
  }

  /// The fixtures of a family.
  private func section(of family: String) -> [Block] {
    [
      .heading(.section, family.isEmpty ? "Others" : "\(ours: family)"),
      table(
        ["fixture", "runs", "wanted", "told", "class"],
        groups(of: results.filter { $0.family == family })),
    ]
  }

  private func table(_ titles: [String], _ rows: [[String]]) -> Block {
    .table(
      Table(
        columns: titles.map { Table.Column(title: $0) }, rows: rows.map { Table.Row(cells: $0) }))
  }
}

private let preface = """
  Every run of every fixture of the lab was diagnosed, with the options of the run, and what `smtpprobe diagnose` named is held
  against what is truly at work. This page is made by
  """

private let remake = ShellCommand(
  words: ["smtpprobe", "lab", "check", "--diagnose", "-o", "Tests/EndToEndTests/Confusion.md"])

private let legend = """
  Wanted is what the fixture says of itself (`Shows:`, `Looks like:`); *none, like A1* is a fixture that looks like A1 and is
  something else, or that no client could tell from it.
  """

private let classes = Block.table(
  Table(
    columns: [
      Table.Column(title: "class", content: .prose), Table.Column(title: "means", content: .prose),
    ],
    rows: [
      (
        ConfusionClass.right,
        "what is at work was named, as confirmed or consistent; or nothing was named where there is"
          + " nothing to name"
      ),
      (
        .twin,
        "instead of it something was called consistent that looks like it, or is a part of it"
      ),
      (.missed, "something is at work and nothing was named: an honest \"cannot tell\""),
      (
        .doubtful,
        "something was called consistent that neither is at work nor looks like it, or a server was"
          + " suspected that is well"
      ),
      (.wrong, "something was confirmed that is not at work"),
    ].map { Table.Row(cells: ["`\($0.rawValue)`", $1]) }))

private let matrixRemark = """
  A row for each entry that makes runs fail, with what was reported of those. Where several are at work in a fixture, its runs stand in
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
