package import Reporting
import SessionTrace

/// The confusion of diagnoses: a line a run, the matrix, what is not right, and the sum.
///
/// ```
///         run                         wanted  told          sessions  time
/// right   segmentation/reseg-513/513  A1      A1 confirmed  35        9.48 s
/// ```
extension ConfusionReport: Document {
  package static let kind = DocumentKind.confusion

  package var blocks: [Block] {
    [
      .heading(.document, "Confusion matrix"),
      .only(.terminal, lines), .only(.page, page),
      .cases(name: "smtpprobe lab check --diagnose", results.map(\.testCase)),
    ]
  }

  /// `OK 836 runs: 805 right, ...`.
  package var digest: [String] {
    ["\(isSound ? "OK" : "FAIL") \(sum); \(secondsText(duration))"]
  }

  private var lines: [Block] {
    let columns = ["", "run", "wanted", "told", "sessions", "time"]
    let problems = results.filter { $0.outcome != .right }.map { result in
      Block.entry(
        Entry(
          title: "\(result.outcome.rawValue)  \(result.id)", tone: result.outcome.tone,
          lines: result.details))
    }
    let sum = Entry(title: "\(self.sum); \(secondsText(duration))", tone: isSound ? .good : .bad)
    return [
      .table(
        Table(
          columns: columns.map { Table.Column(title: $0) }, rows: results.map(\.row),
          isIndented: false)),
      .heading(.part, "What is at work, and what was reported"),
      .table(
        Table(
          columns: [Table.Column(title: ""), Table.Column(title: "")],
          rows: rows.map { Table.Row(cells: [$0.truth + ":", $0.words]) })),
    ] + problems + [.entry(sum)]
  }
}

extension ConfusionResult {
  fileprivate var row: Table.Row {
    Table.Row(
      cells: [
        outcome.rawValue, id, truth.words, words, told.map { String($0.sessions) } ?? "-",
        told.map { secondsText($0.duration) } ?? "-",
      ], tone: outcome.tone)
  }

  /// Why a run is not simply right, a line each.
  fileprivate var details: [String] {
    let difference =
      told == nil ? "not diagnosed: \(complaint)" : "wanted \(truth.words), told \(words)"
    return [difference, "alone: \(command)"]
  }

  /// A wrong cause fails, what was not diagnosed is an error, and what was missed is skipped with its reason.
  fileprivate var testCase: TestCase {
    let verdict: TestCase.Verdict? =
      switch outcome {
      case .right: nil
      case .twin, .missed, .doubtful, .unjudged: .skipped
      case .wrong: .failure
      case .unplayed: .error
      }
    return TestCase(
      suite: family.isEmpty ? fixture : "\(family)/\(fixture)", name: run,
      duration: told?.duration ?? 0, verdict: verdict, details: details)
  }
}

extension ConfusionClass {
  fileprivate var tone: Tone {
    switch self {
    case .right, .unjudged: .plain
    case .twin, .missed, .doubtful: .warning
    case .wrong, .unplayed: .bad
    }
  }
}
