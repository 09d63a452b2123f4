import Reporting
import SessionTrace

/// The confusion of diagnoses for people: a line a run, the matrix, what is not right, and the sum.
///
/// ```
///         run                         wanted  told          sessions  time
/// right   segmentation/reseg-513/513  A1      A1 confirmed  35        9.48 s
/// ```
/// Everything in it is plain ASCII already: results are escaped where they are made.
func confusionText(_ report: ConfusionReport, style: TextStyle) -> String {
  let rows = report.results.map { result in
    [
      result.outcome.rawValue, result.id, result.truth.words, result.words,
      result.told.map { String($0.sessions) } ?? "-",
      result.told.map { secondsText($0.duration) } ?? "-",
    ]
  }
  let lines = textTable([["", "run", "wanted", "told", "sessions", "time"]] + rows)
  var text = style.paint(lines[0], .heading) + "\n"
  for (result, line) in zip(report.results, lines.dropFirst()) {
    text += style.paint(line, result.outcome.tone) + "\n"
  }
  text += "\n" + style.paint("What is at work, and what was told", .heading) + "\n"
  text += textTable(report.rows.map { [$0.truth + ":", $0.words] }).map { "  \($0)\n" }.joined()
  for result in report.results where result.outcome != .right {
    text += "\n" + style.paint("\(result.outcome.rawValue)  \(result.id)", result.outcome.tone)
    text += "\n" + details(of: result).map { "  \($0)\n" }.joined()
  }
  let sum = "\(report.sum); \(secondsText(report.duration))"
  return text + "\n" + style.paint(sum, report.isSound ? .good : .bad) + "\n"
}

/// Why a run is not simply right, a line each; for people and for JUnit.
func details(of result: ConfusionResult) -> [String] {
  let difference =
    result.told == nil
    ? "not diagnosed: \(result.complaint)" : "wanted \(result.truth.words), told \(result.words)"
  return [difference, "alone: \(result.command)"]
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
