import Diagnosis
import SessionTrace

extension ReportFormat {
  /// A diagnosis as a document of this format, ending in a line feed; `style` matters to text alone.
  package func render(_ report: DiagnosisReport, style: TextStyle) -> [UInt8] {
    switch self {
    case .json: return jsonDocument(report)
    case .text:
      var layout = TextLayout()
      layout.answer(of: report)
      layout.details(of: report)
      return layout.bytes(style)
    case .markdown:
      var page = MarkdownPage()
      page.heading(1, "Diagnosis")
      page.fence("text") { $0.answer(of: report) }
      page.fence("text") { $0.details(of: report) }
      return page.bytes
    }
  }
}

extension TextLayout {
  /// The answer first.
  fileprivate mutating func answer(of report: DiagnosisReport) {
    let conclusion = report.conclusion
    paragraph(
      "\(conclusion.result.title): \(report.sentence)", indent: 0, hanging: 2,
      tone: conclusion.result == .nothingWrong
        ? .good : conclusion.result == .causeFound ? .bad : .warning)
    field("target", report.target.given)
    field(
      "sessions", "\(report.sessions.count), in \(durationText(report.duration))")
    field("exit status", String(conclusion.result.exitCode))
  }

  fileprivate mutating func details(of report: DiagnosisReport) {
    if let control = report.control, report.conclusion.controlsFailed > 0 {
      heading("The control")
      verdict(of: control)
    }
    experiments(of: report)
    causes(of: report)
    for cause in report.conclusion.toMend {
      guard let entry = report.entry(of: cause) else { continue }
      remedies(entry.remedies, for: "What to do about \(entry.code) \(entry.id)")
    }
    if !report.limits.isEmpty {
      heading("What this does not show")
      for limit in report.limits { point(limit) }
    }
  }

  private mutating func experiments(of report: DiagnosisReport) {
    let experiments = report.conclusion.experiments
    guard !experiments.isEmpty else { return }
    let failed = "\(report.conclusion.controlsFailed) of \(report.conclusion.controls.count)"
    heading("Experiments", remark: "the control failed \(failed) times")
    columns([("gone", 12), ("effect", 12), ("what was different", 52)], tone: .quiet)
    for experiment in experiments {
      let effect = experiment.effect ?? .unclear
      columns(
        [
          ("\(experiment.gone) of \(experiment.outcomes.count)", 12), (effect.rawValue, 12),
          (experiment.knob.phrase, 52),
        ], tone: effect == .gone ? .good : .plain)
    }
  }

  private mutating func causes(of report: DiagnosisReport) {
    let causes = report.conclusion.causes
    guard !causes.isEmpty else { return }
    heading(
      report.conclusion.result == .nothingWrong ? "Seen in passing" : "Causes",
      remark: "smtpprobe explain ID tells more")
    for cause in causes where cause.grade <= .consistent {
      let entry = report.entry(of: cause)
      paragraph(
        "\(cause.grade.rawValue)  \(entry?.code ?? "") \(cause.id): \(entry?.title ?? "")",
        tone: cause.grade == .confirmed ? .bad : .warning)
      for text in cause.pro { paragraph("for: \(text)", indent: 4, hanging: 8) }
      for text in cause.con { paragraph("against: \(text)", indent: 4, hanging: 8) }
      for text in cause.open { paragraph("would decide: \(text)", indent: 4, hanging: 8) }
    }
    for cause in causes where cause.grade > .consistent {
      let entry = report.entry(of: cause)
      let why = cause.con.first ?? "nothing spoke for it"
      paragraph(
        "\(cause.grade.rawValue)  \(entry?.code ?? "") \(cause.id): \(why)", hanging: 6,
        tone: .quiet)
    }
  }
}

extension InvestigationConclusion {
  /// The causes whose remedies are worth the room: what is confirmed, else what is consistent.
  fileprivate var toMend: [CauseFinding] {
    guard result == .causeFound else { return [] }
    let confirmed = causes.filter { $0.grade == .confirmed }
    return confirmed.isEmpty
      ? Array(causes.filter { $0.grade == .consistent }.prefix(3)) : confirmed
  }
}

extension InvestigationConclusion.Result {
  fileprivate var title: String {
    switch self {
    case .nothingWrong: "NOTHING WRONG FOUND"
    case .causeFound: "CAUSE FOUND"
    case .noCause: "CANNOT TELL"
    case .intermittent: "INTERMITTENT"
    case .stopped: "STOPPED"
    }
  }
}
