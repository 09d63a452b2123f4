package import Diagnosis
package import SessionTrace

/// All that is said of one diagnosis; every format is made of this alone.
package struct DiagnosisReport: Sendable {
  package var tool: ToolRecord
  /// RFC 3339, of the first session that ended; `nil` when none did.
  package var startedAt: String?
  package var duration: Microseconds
  package var arguments: [String]
  package var target: TargetRecord
  /// On the session as given.
  package var conclusion: InvestigationConclusion
  /// On what fails behind that, with the knobs turned that get past it.
  package var further: [InvestigationConclusion]
  /// Controls and variants, in the order of their numbers.
  package var sessions: [DiagnosedSession]
  /// The first control that failed, or the first of all when none did; `nil` when none ended.
  package var control: SessionReport?
  /// Whom the remedies are for.
  package var place: RemedyPlace
  /// What the tool did otherwise than asked.
  package var notes: [String]

  package init(
    tool: ToolRecord, startedAt: String?, duration: Microseconds, arguments: [String],
    target: TargetRecord, conclusion: InvestigationConclusion,
    further: [InvestigationConclusion] = [], sessions: [DiagnosedSession],
    control: SessionReport?, place: RemedyPlace, notes: [String]
  ) {
    self.tool = tool
    self.startedAt = startedAt
    self.duration = duration
    self.arguments = arguments
    self.target = target
    self.conclusion = conclusion
    self.further = further
    self.sessions = sessions.sorted { $0.number < $1.number }
    self.control = control
    self.place = place
    self.notes = notes
  }

  /// On the session as given, and on what fails behind that.
  var conclusions: [InvestigationConclusion] { [conclusion] + further }

  /// Findings on a failure; what sessions that pass show is no cause of anything.
  var causes: [CauseFinding] { conclusion.result == .nothingWrong ? [] : conclusion.causes }

  /// What was seen in passing where nothing failed.
  var observations: [CauseFinding] {
    conclusion.result == .nothingWrong ? conclusion.causes : []
  }

  /// The best founded causes of the session as given.
  var best: [CauseFinding] { conclusion.best }

  /// Those of each failure in turn: whom remedies are for.
  var remedied: [CauseFinding] { conclusions.flatMap(\.best) }

  /// The catalogue's entry on a finding, its remedies filled in.
  func entry(of finding: CauseFinding) -> CatalogueEntry? {
    Catalogue.entry(id: finding.id)?.filled(for: place)
  }

  /// What would decide about a finding: as the investigation says, or else as the catalogue does.
  func open(of finding: CauseFinding) -> [String] {
    guard finding.grade == .consistent, finding.open.isEmpty,
      conclusion.result != .nothingWrong, let entry = entry(of: finding)
    else { return finding.open }
    return [entry.experiment]
  }
}

extension InvestigationConclusion {
  /// The confirmed causes, or where there are none all that are consistent.
  var best: [CauseFinding] {
    guard result != .nothingWrong else { return [] }
    let confirmed = causes.filter { $0.grade == .confirmed }
    return confirmed.isEmpty ? causes.filter { $0.grade == .consistent } : confirmed
  }

  /// What gets past the failures in front: `with one command at a time (--pipelining off)`.
  var basePhrase: String { base.map(\.phrase).joined(separator: ", ") }
}
