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
  /// On the session as given.
  package var given: DiagnosisLayer
  /// On what fails behind that, one behind the other.
  package var further: [DiagnosisLayer]
  /// Controls and variants, in the order of their numbers.
  package var sessions: [DiagnosedSession]
  /// The first control that failed, or the first of all when none did; `nil` when none ended.
  package var control: SessionReport?
  /// `nil` in a report of an earlier version, and where no session ended.
  package var pace: DiagnosisPace?
  /// What the tool did otherwise than asked.
  package var notes: [String]

  package init(
    tool: ToolRecord, startedAt: String?, duration: Microseconds, arguments: [String],
    target: TargetRecord, conclusion: InvestigationConclusion,
    further: [InvestigationConclusion] = [], sessions: [DiagnosedSession],
    control: SessionReport?, notes: [String]
  ) {
    self.tool = tool
    self.startedAt = startedAt
    self.duration = duration
    self.arguments = arguments
    self.target = target
    given = DiagnosisLayer(conclusion)
    self.further = further.map(DiagnosisLayer.init)
    self.sessions = sessions.sorted { $0.number < $1.number }
    self.control = control
    pace = ([conclusion] + further).compactMap(\.pace).last.map(DiagnosisPace.init)
    self.notes = notes
  }

  /// What it comes to.
  package var result: InvestigationConclusion.Result { given.result }

  /// On the session as given, and on what fails behind that.
  var layers: [DiagnosisLayer] { [given] + further }

  /// Experiments on all failures.
  package var experiments: [ReportedExperiment] { layers.flatMap(\.experiments) }

  /// Which sizes fail, of each failure for which that was measured.
  var measurements: [Measurement] { layers.compactMap(\.measurement) }

  /// Sessions that stand in no count: side by side not all were greeted, and they were made again one by
  /// one, or they were under way when none was let in any more. A 421 that ended it is none of them, and
  /// those that were not let in at the end are none.
  package var setAside: Int {
    let counted =
      layers.reduce(0) { $0 + $1.controls.total }
      + experiments.reduce(0) { $0 + $1.variants.total }
      + measurements.reduce(0) { $0 + $1.sessions }
    let last = layers.contains { $0.stop == .turnedAway } ? 1 : refused.count
    return max(0, sessions.count - counted - last)
  }

  /// How the sessions ended since the server let none in any more.
  var refused: [SweepOutcome] {
    guard let layer = layers.first(where: { $0.stop == .lockedOut }), let first = layer.refusedFrom
    else { return [] }
    return sessions.filter { $0.number >= first }.map {
      SweepOutcome(status: $0.status, stage: $0.stage)
    }
  }

  /// The best founded causes of each failure in turn: whom remedies are for.
  var best: [CauseFinding] { layers.flatMap(\.best) }

  /// The catalogue's entry on a finding, its remedies filled in.
  func entry(of finding: CauseFinding) -> Cause? {
    Catalogue.cause(finding.id)?.filled(for: remedyPlace)
  }

  /// Whom remedies are for.
  var remedyPlace: RemedyPlace {
    RemedyPlace(
      host: target.host, address: target.address, domain: target.mailDomain,
      limit: measurements.first { $0.conclusion.option == .messageSize }?.greatestPassing,
      recipients: layers.lazy.compactMap(\.mostRecipients).first)
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
