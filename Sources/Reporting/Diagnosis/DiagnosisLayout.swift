import Diagnosis
import SessionTrace

extension TextLayout {
  /// The answer first: what happens every time, and why.
  mutating func answer(of report: DiagnosisReport) {
    paragraph(
      "\(report.title): \(report.summary)", indent: 0, hanging: 2,
      tone: report.result.exitCode == 0
        ? .good : report.result.exitCode == 1 ? .bad : .warning)
    target(report.target)
    let controls = report.given.controls
    if controls.total > 0 {
      field("as given", "\(count(controls.total, "session")): \(controls.inWords)")
    }
    if let control = report.control { refusals(in: control.trace.replies) }
    let variants = report.sessions.count { !$0.isControl }
    if variants > 0 {
      let impossible = report.experiments.count { $0.effect == .impossible }
      field(
        "varied",
        count(variants, "session")
          + (report.experiments.count == 1
            ? ", in one thing" : ", each in one of \(count(report.experiments.count, "thing"))")
          + (impossible > 0 ? ", \(impossible) of which could not be varied" : ""))
    }
    if report.setAside > 0 {
      let sessions = count(report.setAside, "session")
      if report.refused.isEmpty {
        field(
          "set aside",
          "\(sessions), made again one at a time: side by side not all were greeted")
      } else {
        field("set aside", "\(sessions), under way when this host was locked out")
      }
    }
    if let stop = report.layers.compactMap(\.stopInWords).first { field("ended", stop) }
    if !report.refused.isEmpty { field("since then", OutcomeCounts(report.refused).inWords) }
    field("took", durationText(report.duration))
    field("exit status", String(report.result.exitCode))
  }

  /// What the server refused in the session as given, in its own words; of many the first few.
  private mutating func refusals(in replies: [ReplyRecord]) {
    let refusals = replies.filter { $0.code >= 400 }
    let shown = 3
    for (number, reply) in refusals.prefix(shown).enumerated() {
      let asked = reply.command.map { ", to \($0.prefix(40))" } ?? ""
      let more =
        number == shown - 1 && refusals.count > shown ? "; and \(refusals.count - shown) more" : ""
      field(number == 0 ? "it says" : "", reply.quoted + asked + more)
    }
  }

  /// The body of a section, without its title.
  mutating func add(_ section: DiagnosisSection, of report: DiagnosisReport) {
    switch section {
    case .experiments: experiments(report.given.experiments)
    case .causes: causes(of: report.given, in: report)
    case .further: for layer in report.further { further(layer, in: report) }
    case .observations:
      for finding in report.given.observations {
        let because = finding.pro.joined(separator: "; ")
        point("\(report.name(of: finding)): \(because)", tone: .warning)
      }
    case .remedies: remedies(of: report)
    case .control:
      guard let control = report.control else { return }
      verdict(of: control)
      paragraph("alone:")
      command(ShellCommand(repeating: control.trace), indent: 4)
    case .host: report.control.map { hostFindings(of: $0) }
    case .limits: for limit in report.limits { point(limit) }
    case .notes: for note in report.notes { point(note) }
    }
  }

  private mutating func experiments(_ experiments: [ReportedExperiment]) {
    columns(ReportedExperiment.columns.map { ($0.title, $0.width) }, tone: .quiet)
    for (cells, tone) in ReportedExperiment.rows(of: experiments) {
      columns(zip(cells, ReportedExperiment.columns).map { ($0, $1.width) }, tone: tone)
    }
    remarks(on: experiments)
  }

  /// What the table has no room for.
  mutating func remarks(on experiments: [ReportedExperiment]) {
    for remark in experiments.compactMap(\.remark) { point(remark) }
    if let chance = experiments.filter({ $0.effect == .gone }).compactMap(\.chance).max() {
      paragraph(
        "\"gone\" here would come about by chance in \(percentage(chance)) of cases at most"
          + " (Fisher's exact test).", tone: .quiet)
    }
  }

  /// A failure behind another one: what gets there, what was varied, and its causes.
  private mutating func further(_ layer: DiagnosisLayer, in report: DiagnosisReport) {
    paragraph("\(layer.basePhrase): \(layer.controls.inWords)", tone: .heading)
    if !layer.experiments.isEmpty { experiments(layer.experiments) }
    causes(of: layer, in: report)
  }

  private mutating func causes(of layer: DiagnosisLayer, in report: DiagnosisReport) {
    for finding in layer.causes where finding.grade <= .consistent {
      let title = report.headline(of: finding).map { ": \($0)" } ?? ""
      field(
        finding.grade.text, report.name(of: finding) + title,
        tone: finding.grade == .confirmed ? .bad : .warning)
      items("  for", finding.pro)
      items("  against", finding.con)
      items("  decides", finding.open)
    }
    for (grade, reason, findings) in layer.dismissed {
      let names = findings.map(report.name(of:)).joined(separator: ", ")
      field(grade.text, "\(names): \(reason)", tone: .quiet)
    }
  }

  private mutating func items(_ label: String, _ texts: [String]) {
    for (number, text) in texts.enumerated() {
      field(number == 0 ? label : "", text, hanging: 2)
    }
  }

  /// What each can do about the best founded causes, or to get past a failure that none explains.
  private mutating func remedies(of report: DiagnosisReport) {
    let shown = 3
    for workaround in report.workarounds.prefix(shown) {
      let experiment = workaround.experiment
      paragraph("it is gone \(experiment.phrase):", tone: .heading)
      if let control = report.control, !experiment.options.isEmpty {
        command(ShellCommand(repeating: control.trace, changes: experiment.options), indent: 4)
      }
      remedies(workaround.remedies)
    }
    for finding in report.best.prefix(shown) {
      guard let entry = report.entry(of: finding), !entry.remedies.isEmpty else { continue }
      paragraph(
        (finding.grade == .confirmed ? "about " : "if it is ") + "\(entry.code) \(entry.id):",
        tone: .heading)
      remedies(entry.remedies)
    }
    if report.best.count > shown {
      paragraph(
        "smtpprobe explain ID has those for \(report.best.count - shown) more.", tone: .quiet)
    }
  }
}

/// `0.8 %`, rounded up to tenths.
private func percentage(_ chance: Double) -> String {
  let tenths = Int((chance * 1000).rounded(.up))
  return "\(tenths / 10).\(tenths % 10) %"
}
