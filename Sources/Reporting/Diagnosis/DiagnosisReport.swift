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
  package var conclusion: InvestigationConclusion
  /// In the order in which they ended.
  package var sessions: [DiagnosedSession]
  /// The first control that failed, or the first of all.
  package var control: SessionReport?
  /// Whom the remedies are for.
  package var place: RemedyPlace
  package var notes: [String]

  package init(
    tool: ToolRecord, startedAt: String?, duration: Microseconds, arguments: [String],
    target: TargetRecord, conclusion: InvestigationConclusion, sessions: [DiagnosedSession],
    control: SessionReport?, place: RemedyPlace, notes: [String]
  ) {
    self.tool = tool
    self.startedAt = startedAt
    self.duration = duration
    self.arguments = arguments
    self.target = target
    self.conclusion = conclusion
    self.sessions = sessions
    self.control = control
    self.place = place
    self.notes = notes
  }

  /// The entry of the catalogue behind a finding, its remedies filled in.
  func entry(of cause: CauseFinding) -> CatalogueEntry? {
    Catalogue.entry(id: cause.id)?.filled(for: place)
  }

  /// The answer in one sentence.
  var sentence: String {
    let failed = "\(conclusion.controlsFailed) of \(conclusion.controls.count)"
    let what = conclusion.control?.verdict
    let symptom = what.map { "\($0.status.rawValue)@\($0.stage.rawValue)" } ?? "no session ended"
    switch conclusion.result {
    case .nothingWrong:
      return "every one of \(count(conclusion.controls.count, "session")) ended ok"
    case .intermittent:
      return "intermittent: \(failed) sessions failed (\(symptom)), so no cause can be isolated"
    case .stopped, .noCause:
      return "\(symptom) (\(failed)): no known cause explains it"
    case .causeFound:
      let confirmed = conclusion.causes.filter { $0.grade == .confirmed }
      let named =
        confirmed.isEmpty ? conclusion.causes.filter { $0.grade == .consistent } : confirmed
      let names = named.map { cause in
        entry(of: cause).map { "\($0.title) (\($0.code) \($0.id))" } ?? cause.id
      }
      let grade = confirmed.isEmpty ? "consistent with" : "confirmed:"
      return "\(symptom) (\(failed)); \(grade) \(names.joined(separator: "; or "))"
    }
  }

  /// What the experiments do not cover, a sentence each.
  var limits: [String] {
    var limits = [String]()
    if let stop = conclusion.stop { limits.append(stop.text) }
    for experiment in conclusion.experiments {
      switch experiment.effect {
      case .impossible:
        limits.append(
          "not tried, \(experiment.knob.phrase): \(experiment.obstacle ?? "could not be made")")
      case .unclear, nil:
        limits.append(
          "unclear \(experiment.knob.phrase): gone \(experiment.gone) of"
            + " \(experiment.outcomes.count) times")
      case .gone, .same, .other: break
      }
    }
    switch conclusion.result {
    case .nothingWrong:
      limits.append(
        "a failure that comes in fewer than one of \(conclusion.controls.count) sessions, or for"
          + " other envelopes and messages than this")
    case .causeFound, .noCause:
      limits.append(
        "which program behind the address is at fault: an acknowledgement proves a TCP stack at or"
          + " in front of the server, no more")
    case .intermittent, .stopped: break
    }
    return limits + notes
  }
}

/// One session of a diagnosis, as much of it as a row has room for.
package struct DiagnosedSession: Sendable, Equatable {
  package var number: Int
  /// `nil` for the control.
  package var knob: Knob?
  package var status: SessionStatus
  package var stage: Stage
  package var custody: Custody?
  package var waited: Microseconds
  package var duration: Microseconds
  package var ledger: Ledger

  package init(_ trial: Trial, _ trace: Trace, _ verdict: Verdict) {
    number = trial.number
    knob = trial.knob
    status = verdict.status
    stage = verdict.stage
    custody = verdict.custody
    waited = verdict.waited
    duration = trace.duration
    ledger = verdict.ledger
  }
}
