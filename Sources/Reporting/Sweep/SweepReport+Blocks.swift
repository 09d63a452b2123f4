import Diagnosis
import SessionTrace

/// Which values fail, what of that was tested, and the lowest that fails.
extension SweepReport: Document {
  package var blocks: [Block] {
    [.heading(.document, "Sweep over \(ours: conclusion.option.flag)"), .guidance(guidance)]
      + finding + strip + endings + lowest + nextSteps
      + Block.list(.section, "What this does not show", conclusion.limits + notes)
      + [cases, vitals]
  }

  private var finding: [Block] {
    let tone: Tone =
      conclusion.exitCode == 0 ? .good : conclusion.exitCode == 1 ? .bad : .warning
    let range = conclusion.range
    return [
      .answer(Answer(title: conclusion.title, text: conclusion.sentence, tone: tone)),
      .fields([
        Field(label: "target", value: target.given),
        Field(
          label: "option",
          value: "\(conclusion.option.flag) \(range.lowerBound)..\(range.upperBound)"),
        Field(
          label: "tested",
          value: "\(conclusion.tested) of \(count(range.count, "value")), \(sessions),"
            + " \(durationText(duration))"),
        Field(label: "exit status", value: String(conclusion.exitCode)),
      ]),
    ]
  }

  /// Sessions that met a 421, or nobody, were had and told nothing.
  private var sessions: String {
    conclusion.sessions == 0
      ? "no session told anything" : "in \(count(conclusion.sessions, "session"))"
  }

  private var strip: [Block] {
    guard !rows.isEmpty else { return [] }
    return [
      .heading(.section, "Values", remark: StripMark.legend),
      .strip(rows.map(StripMark.init)),
    ]
  }

  /// A line for each way in which sessions ended, with the values.
  private var endings: [Block] {
    guard !rows.isEmpty else { return [] }
    let items = outcomes.map { outcome, values in
      let shown = values.prefix(12).map(String.init).joined(separator: " ")
      let all = values.count > 12 ? "\(count(values.count, "value"))" : shown
      return ListItem(
        text: "\(outcome.label): \(all)", tone: outcome.status == .ok ? .plain : .bad)
    }
    return [.heading(.section, "Outcomes"), .list(items)]
  }

  /// The session of the lowest failing value by itself, and then why.
  private var nextSteps: [Block] {
    guard let firstFailure else { return [] }
    return Block.nextSteps([
      .step("The lowest value that fails, byte by byte:", firstFailure.command.inDetail),
      .diagnosis(of: firstFailure.command, because: "Why it fails, and what gets past it."),
    ])
  }

  /// The verdict on the lowest failing value, and how to see it alone.
  private var lowest: [Block] {
    guard let firstFailure else { return [] }
    return [.heading(.section, "The lowest value that fails")] + firstFailure.answer
      + [.paragraph("alone:"), .command(firstFailure.command)] + firstFailure.closeUp
  }
}

extension StripMark {
  /// What the marks mean; a page keeps no blanks that would part them.
  static let legend: Wording = ". passes; X fails; ? at times; - not testable"

  fileprivate init(_ row: SweepRow) {
    self.init(
      value: row.value, result: Result(row.result), outcome: row.shown?.label ?? "",
      tries: row.tries, failed: row.failed)
  }

  /// A size that a diagnosis has measured.
  init(_ size: Measurement.Size) {
    self.init(
      value: size.value, result: Result(size.result), outcome: "", tries: size.tries,
      failed: size.failed)
  }
}

extension StripMark.Result {
  fileprivate init(_ result: SweepRow.Result) {
    self =
      switch result {
      case .passes: .passes
      case .fails: .fails
      case .intermittent: .intermittent
      case .untestable: .untestable
      }
  }
}

extension SweepConclusion {
  /// `FOUND`: our own words alone.
  var title: String {
    switch exitCode {
    case 0: "NOTHING FOUND"
    case 1: "FOUND"
    default: "INCONCLUSIVE"
    }
  }
}
