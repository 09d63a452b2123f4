import Diagnosis
import SessionTrace

extension TextLayout {
  /// The answer first: what happens every time, and why.
  mutating func answer(of report: DiagnosisReport) {
    let conclusion = report.conclusion
    paragraph(
      "\(report.title): \(report.summary)", indent: 0, hanging: 2,
      tone: conclusion.result.exitCode == 0
        ? .good : conclusion.result.exitCode == 1 ? .bad : .warning)
    target(report.target)
    if !conclusion.controls.isEmpty {
      field(
        "as given",
        "\(count(conclusion.controls.count, "session")): \(outcomesInWords(conclusion.controls))")
    }
    let variants = report.sessions.count { $0.knob != nil }
    if variants > 0 {
      field(
        "varied",
        "\(count(variants, "session")), each in one of"
          + " \(count(report.conclusions.reduce(0) { $0 + $1.experiments.count }, "thing"))")
    }
    if let stop = conclusion.stop { field("ended", stop.text) }
    field("took", durationText(report.duration))
    field("exit status", String(conclusion.result.exitCode))
  }

  /// The body of a section, without its title.
  mutating func add(_ section: DiagnosisSection, of report: DiagnosisReport) {
    switch section {
    case .experiments: experiments(report.conclusion.experiments)
    case .causes: causes(of: report.conclusion, in: report)
    case .further:
      for conclusion in report.further { further(conclusion, in: report) }
    case .observations:
      for finding in report.observations {
        let because = finding.pro.joined(separator: "; ")
        point("\(report.name(of: finding)): \(because)", tone: .warning)
      }
    case .remedies: remedies(of: report)
    case .control:
      guard let control = report.control else { return }
      verdict(of: control)
      paragraph("alone:")
      command(ShellCommand(repeating: control.trace), indent: 4)
    case .limits: for limit in report.limits { point(limit) }
    case .notes: for note in report.notes { point(note) }
    }
  }

  private mutating func experiments(_ experiments: [Experiment]) {
    columns(Experiment.columns.map { ($0.title, $0.width) }, tone: .quiet)
    for experiment in experiments {
      columns(
        zip(experiment.cells, Experiment.columns).map { ($0, $1.width) },
        tone: experiment.effect == .gone ? .good : .plain)
    }
    remarks(on: experiments)
  }

  /// What the table has no room for.
  mutating func remarks(on experiments: [Experiment]) {
    for remark in experiments.compactMap(\.remark) { point(remark) }
    if let chance = experiments.filter({ $0.effect == .gone }).compactMap(\.chance).max() {
      paragraph(
        "\"gone\" here would come about by chance in \(percentage(chance)) of cases at most"
          + " (Fisher's exact test).", tone: .quiet)
    }
  }

  /// A failure behind another one: what gets there, what was varied, and its causes.
  private mutating func further(_ conclusion: InvestigationConclusion, in report: DiagnosisReport) {
    paragraph(
      "\(conclusion.basePhrase): \(outcomesInWords(conclusion.controls))", tone: .heading)
    if !conclusion.experiments.isEmpty { experiments(conclusion.experiments) }
    causes(of: conclusion, in: report)
  }

  private mutating func causes(of conclusion: InvestigationConclusion, in report: DiagnosisReport) {
    for finding in conclusion.causes where finding.grade <= .consistent {
      let title = report.entry(of: finding)?.title ?? ""
      field(
        finding.grade.text, "\(report.name(of: finding)): \(title)",
        tone: finding.grade == .confirmed ? .bad : .warning)
      items("  for", finding.pro)
      items("  against", finding.con)
      items("  open", report.open(of: finding))
    }
    let best = conclusion.best
    if best.count > 1, best[0].grade == .consistent {
      paragraph("What was tried from here does not tell the \(best.count) consistent ones apart.")
    }
    for finding in conclusion.causes where finding.grade > .consistent {
      let reason = finding.con.first ?? "nothing seen speaks for it"
      field(finding.grade.text, "\(report.name(of: finding)): \(reason)", tone: .quiet)
    }
  }

  private mutating func items(_ label: String, _ texts: [String]) {
    for (number, text) in texts.enumerated() {
      field(number == 0 ? label : "", text, hanging: 2)
    }
  }

  /// What each can do about the best founded causes.
  private mutating func remedies(of report: DiagnosisReport) {
    let shown = 3
    let remedied = report.remedied
    for finding in remedied.prefix(shown) {
      guard let entry = report.entry(of: finding), !entry.remedies.isEmpty else { continue }
      paragraph(
        (finding.grade == .confirmed ? "about " : "if it is ") + "\(entry.code) \(entry.id):",
        tone: .heading)
      remedies(entry.remedies)
    }
    if remedied.count > shown {
      paragraph("smtpprobe explain ID has those for \(remedied.count - shown) more.", tone: .quiet)
    }
  }
}

/// `0.8 %`, rounded up to tenths.
private func percentage(_ chance: Double) -> String {
  let tenths = Int((chance * 1000).rounded(.up))
  return "\(tenths / 10).\(tenths % 10) %"
}
