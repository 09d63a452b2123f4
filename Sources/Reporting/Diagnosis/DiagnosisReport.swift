package import Diagnosis
package import SessionTrace

/// All that is said of one diagnosis; every format is made of this alone.
package struct DiagnosisReport: Sendable, Equatable {
  package var tool: ToolRecord
  /// RFC 3339, of the first session that ended; `nil` when none did.
  package var startedAt: String?
  package var duration: Microseconds
  package var arguments: [String]
  package var target: TargetRecord
  package var result: InvestigationConclusion.Result
  /// Why it ended before it had asked all it wanted; `nil` when it did not.
  package var stop: InvestigationStop?
  /// Controls and variants, in the order of their numbers.
  package var sessions: [DiagnosedSession]
  /// In the order in which they were begun.
  package var experiments: [ReportedExperiment]
  /// The best founded first; where nothing failed, what was seen in passing.
  package var findings: [CauseFinding]
  /// The first control that failed, or the first of all when none did; `nil` when none ended.
  package var control: SessionReport?
  /// What the tool did otherwise than asked.
  package var notes: [String]

  package init(
    tool: ToolRecord, startedAt: String?, duration: Microseconds, arguments: [String],
    target: TargetRecord, conclusion: InvestigationConclusion, sessions: [DiagnosedSession],
    control: SessionReport?, notes: [String]
  ) {
    self.tool = tool
    self.startedAt = startedAt
    self.duration = duration
    self.arguments = arguments
    self.target = target
    result = conclusion.result
    stop = conclusion.stop
    self.sessions = sessions.sorted { $0.number < $1.number }
    experiments = conclusion.experiments.map(ReportedExperiment.init)
    findings =
      conclusion.controlsFailed == 0
      ? conclusion.causes : conclusion.causes.map(\.withDecider)
    self.control = control
    self.notes = notes
  }

  /// How the sessions as given ended.
  var controls: OutcomeCounts { OutcomeCounts(sessions.filter(\.isControl).map(\.outcome)) }

  /// Findings on a failure; what sessions that pass show is no cause of anything.
  var causes: [CauseFinding] { controls.failed == 0 ? [] : findings }

  /// What was seen in passing where nothing failed.
  var observations: [CauseFinding] { controls.failed == 0 ? findings : [] }

  /// The confirmed causes, or where there are none all that are consistent: whom remedies are for.
  var best: [CauseFinding] {
    let confirmed = causes.filter { $0.grade == .confirmed }
    return confirmed.isEmpty ? causes.filter { $0.grade == .consistent } : confirmed
  }

  /// The catalogue's entry on a finding, its remedies filled in.
  func entry(of finding: CauseFinding) -> CatalogueEntry? {
    Catalogue.entry(id: finding.id)?.filled(
      for: RemedyPlace(host: target.host, address: target.address, domain: target.mailDomain))
  }
}

extension CauseFinding {
  /// With what would decide about it: as the investigation says, or else as the catalogue does.
  fileprivate var withDecider: CauseFinding {
    guard grade == .consistent, open.isEmpty, let entry = Catalogue.entry(id: id) else {
      return self
    }
    var finding = self
    finding.open = [entry.experiment]
    return finding
  }
}

extension TargetRecord {
  /// The domain whose mail it is about, where it was given as `mx:domain` or `user@domain`.
  fileprivate var mailDomain: String? {
    if given.hasPrefix("mx:") { return String(given.dropFirst(3)) }
    guard !given.hasPrefix("lab:"), !given.hasPrefix("unix:"),
      let at = given.lastIndex(of: "@")
    else { return nil }
    return String(given[given.index(after: at)...])
  }
}
