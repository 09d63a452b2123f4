import Diagnosis

/// The parts of a diagnosis behind its answer, in the order of the report.
enum DiagnosisSection: CaseIterable {
  case experiments, causes, further, observations, remedies, control, host, limits, notes

  var title: String {
    switch self {
    case .experiments: "What was varied"
    case .causes: "Causes"
    case .further: "Behind that"
    case .observations: "Seen in passing"
    case .remedies: "What to do"
    case .control: "The session as given"
    case .host: "This host"
    case .limits: "What this does not show"
    case .notes: "Notes"
    }
  }

  /// What stands at the right of the title in text.
  var remark: String {
    switch self {
    case .experiments: "failed: of those as given; gone: of those so varied"
    case .causes, .observations: "smtpprobe explain ID tells more"
    case .host: "suspects; what was varied decides"
    case .further, .remedies, .control, .limits, .notes: ""
    }
  }

  /// Whether the report has anything to say here.
  func isNeeded(in report: DiagnosisReport) -> Bool {
    switch self {
    case .experiments: !report.given.experiments.isEmpty
    case .causes: !report.given.causes.isEmpty
    case .further: !report.further.isEmpty
    case .observations: !report.given.observations.isEmpty
    case .remedies:
      !report.workarounds.isEmpty
        || report.best.contains { report.entry(of: $0)?.remedies.isEmpty == false }
    case .control: report.control != nil
    case .host: report.control?.hostFindings.isEmpty == false
    case .limits: !report.limits.isEmpty
    case .notes: !report.notes.isEmpty
    }
  }
}
