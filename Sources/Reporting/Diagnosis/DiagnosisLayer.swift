package import Diagnosis

/// One failure of a diagnosis: that of the session as given, or one behind it.
package struct DiagnosisLayer: Sendable, Equatable {
  /// What was varied in every session to get past the failures in front, a phrase each; none for the
  /// session as given.
  package let base: [String]
  package let result: InvestigationConclusion.Result
  /// Why it ended before all was asked that was wanted; `nil` when it did not.
  let stop: InvestigationStop?
  /// Number of the connection from which on the server would have no more of us.
  let refusedFrom: Int?
  /// How its controls ended.
  let controls: OutcomeCounts
  /// In the order in which they were begun.
  package internal(set) var experiments: [ReportedExperiment]
  /// Which sizes fail; `nil` where that was not measured.
  package internal(set) var measurement: Measurement?
  /// The best founded first; where nothing failed, what was seen in passing.
  package internal(set) var findings: [CauseFinding]

  init(
    base: [String], result: InvestigationConclusion.Result, stop: InvestigationStop?,
    refusedFrom: Int?, controls: OutcomeCounts, experiments: [ReportedExperiment] = [],
    findings: [CauseFinding] = []
  ) {
    self.base = base
    self.result = result
    self.stop = stop
    self.refusedFrom = refusedFrom
    self.controls = controls
    self.experiments = experiments
    self.findings = findings
  }

  init(_ conclusion: InvestigationConclusion) {
    let base = conclusion.base.map(\.phrase)
    let isFailure = conclusion.controlsFailed > 0
    self.init(
      base: base, result: conclusion.result, stop: conclusion.stop,
      refusedFrom: conclusion.refusedFrom,
      controls: OutcomeCounts(conclusion.controls),
      experiments: conclusion.experiments.map { ReportedExperiment($0, base: base) },
      findings: isFailure ? conclusion.causes.map(\.withDecider) : conclusion.causes)
    measurement = conclusion.measurement
  }

  /// Findings on a failure; what sessions that pass show is no cause of anything.
  package var causes: [CauseFinding] { controls.failed == 0 ? [] : findings }

  /// What was seen in passing where nothing failed.
  var observations: [CauseFinding] { controls.failed == 0 ? findings : [] }

  /// The confirmed causes, or where there are none all that are consistent.
  var best: [CauseFinding] {
    let confirmed = causes.filter { $0.grade == .confirmed }
    return confirmed.isEmpty ? causes.filter { $0.grade == .consistent } : confirmed
  }

  /// What gets past the failures in front: `with one command at a time (--pipelining off)`.
  var basePhrase: String { base.joined(separator: ", ") }

  /// Whether controls and findings are such as lead to the result.
  var isBorneOut: Bool {
    switch result {
    case .nothingWrong: controls.total > 0 && controls.failed == 0
    case .causeFound: controls.failed > 0 && !best.isEmpty
    case .noCause, .intermittent: controls.failed > 0 && best.isEmpty
    case .stopped: true
    }
  }
}

extension CauseFinding {
  /// With what would decide about it: as the investigation says, or else as the catalogue does.
  fileprivate var withDecider: CauseFinding {
    guard grade == .consistent, open.isEmpty, let entry = Catalogue.cause(id) else {
      return self
    }
    var finding = self
    finding.open = [entry.experiment]
    return finding
  }
}
