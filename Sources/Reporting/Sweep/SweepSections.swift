import Diagnosis
import SessionTrace

extension TextLayout {
  /// The answer first: which values fail, and what of that was tested.
  mutating func finding(of report: SweepReport) {
    let conclusion = report.conclusion
    paragraph(
      "\(conclusion.title): \(conclusion.sentence)", indent: 0, hanging: 2,
      tone: conclusion.exitCode == 0 ? .good : conclusion.exitCode == 1 ? .bad : .warning)
    field("target", report.target.given)
    field(
      "option",
      "\(conclusion.option.flag) \(conclusion.range.lowerBound)..\(conclusion.range.upperBound)")
    field(
      "tested",
      "\(conclusion.tested) of \(count(conclusion.range.count, "value")), in"
        + " \(count(conclusion.sessions, "session")), \(durationText(report.duration))")
    field("exit status", String(conclusion.exitCode))
  }

  /// One character a tested value, sixty-four a row.
  mutating func strip(of report: SweepReport) {
    guard let last = report.rows.last else { return }
    heading("Values", remark: ". passes  X fails  ? at times  - not testable")
    let width = String(last.value).count
    var rest = report.rows[...]
    while let first = rest.first {
      let row = rest.prefix(64)
      let marks = String(row.map(\.result.mark))
      self.row("  " + rightAligned(String(first.value), width) + "  " + marks)
      rest = rest.dropFirst(64)
    }
  }

  /// A line for each way in which sessions ended, with the values.
  mutating func outcomes(of report: SweepReport) {
    guard !report.rows.isEmpty else { return }
    heading("Outcomes")
    for (outcome, values) in report.outcomes {
      let shown = values.prefix(12).map(String.init).joined(separator: " ")
      let all = values.count > 12 ? "\(count(values.count, "value"))" : shown
      point("\(outcome.label): \(all)", tone: outcome.status == .ok ? .plain : .bad)
    }
  }

  /// The verdict on the lowest failing value, and how to see it alone.
  mutating func firstFailure(of report: SweepReport) {
    guard let failure = report.firstFailure else { return }
    heading("The lowest value that fails")
    verdict(of: failure)
    paragraph("alone:")
    command(ShellCommand(repeating: failure.trace), indent: 4)
  }

  /// What the finding does not cover.
  mutating func limits(of report: SweepReport) {
    let limits = report.conclusion.limits + report.notes
    guard !limits.isEmpty else { return }
    heading("What this does not show")
    for limit in limits { point(limit) }
  }
}

extension SweepConclusion {
  /// `FOUND`: our own words alone.
  fileprivate var title: String {
    switch exitCode {
    case 0: "NOTHING FOUND"
    case 1: "FOUND"
    default: "INCONCLUSIVE"
    }
  }
}

extension SweepRow.Result {
  fileprivate var mark: Character {
    switch self {
    case .passes: "."
    case .fails: "X"
    case .intermittent: "?"
    case .untestable: "-"
    }
  }
}
