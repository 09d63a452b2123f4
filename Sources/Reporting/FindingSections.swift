import Diagnosis
import SessionTrace

extension TextLayout {
  /// Hazards and notes, each list only where it has something to say.
  mutating func findings(of report: SessionReport) {
    let canExplain = report.hazards.allSatisfy { Catalogue.explains($0.id) }
    list(
      "Hazards", report.hazards.map { "\($0.id): \($0.text)" }, tone: .warning,
      remark: canExplain ? "smtpprobe explain ID tells more" : "")
    list("Notes", report.trace.notes + segmentationNotes(of: report.trace))
  }

  /// What the sender's own host has to do with it, only where there is something.
  mutating func host(of report: SessionReport) {
    guard !report.hostFindings.isEmpty else { return }
    heading("This host", remark: "suspects, not causes: an experiment must decide")
    hostFindings(of: report)
  }

  /// The same without its title.
  mutating func hostFindings(of report: SessionReport) {
    for finding in report.hostFindings {
      let reference = finding.cause.map { " (smtpprobe explain \($0))" } ?? ""
      point(
        "\(finding.id): \(finding.text)\(reference)",
        tone: finding.bearing == .suspect ? .warning : .plain)
      for remedy in finding.remedies {
        if let setting = remedy.setting { paragraph(setting, indent: 4, hanging: 6, tone: .ours) }
        if let text = remedy.text { paragraph(text, indent: 6, hanging: 6) }
      }
    }
  }

  /// The reader's own log line, as near as it can be told.
  mutating func logLines(of report: SessionReport) {
    let phrases = report.phrases
    guard report.verdict.status != .ok, !phrases.isEmpty
    else { return }
    heading("In other programs' words")
    if let postfix = phrases.postfix { field("Postfix", postfix) }
    if let exim = phrases.exim { field("Exim", exim) }
    if let status = phrases.swaksExit { field("swaks", "exit status \(status)") }
  }

  /// What follows from the observations, and what does not.
  mutating func limits(of report: SessionReport) {
    list("What this does not show", report.limits)
  }

  /// The experiments worth doing next, with commands that can be pasted.
  mutating func nextSteps(of report: SessionReport) {
    for advice in report.advice.map(\.record) {
      point(advice.because)
      paragraph(advice.text, indent: 4, hanging: 4)
      for change in advice.changes {
        command(ShellCommand(repeating: report.trace, changes: change), indent: 6)
      }
    }
  }

  private mutating func list(
    _ title: String, _ points: [String], tone: Tone = .plain, remark: String = ""
  ) {
    guard !points.isEmpty else { return }
    heading(title, remark: remark)
    for text in points { point(text, tone: tone) }
  }
}
