import SessionTrace

/// How an investigation ends, and what it comes to.
extension Investigation {
  /// Whether the server wants no more of us: a 421 to the session as given, or before any envelope.
  ///
  /// Behind that a variant's 421 may be its own doing, such as a wait that outlasts the server's own.
  func isTurnedAway(_ trial: Trial, _ trace: Trace) -> Bool {
    // Where that is the failure which is looked into, it is an end like any other.
    guard shutFrom == nil, let reply = trace.turnedAwayBy else { return false }
    return trial.variation == nil || reply.stage < .mail
  }

  /// Ends, since the server wants no more of us.
  mutating func end(
    turnedAway trial: Trial, _ trace: Trace, _ verdict: Verdict
  ) -> Action {
    // Behind sessions that were all alike it says that we came too often, and nothing of them.
    let usual = outcomes.first
    if trial.variation == nil, usual.map({ SweepOutcome(verdict).isSameFailure(as: $0) }) != false {
      keepControl(trace, verdict)
    }
    return conclude(stop: .turnedAway, from: rest.turnedAwayFrom ?? trial.number)
  }

  mutating func conclude(stop given: InvestigationStop?, from number: Int? = nil) -> Action {
    let stop = given ?? stopOfShutDoor
    if stop == .lockedOut {
      if let shut = door.shutInside {
        forget(shut.forgotten)
      } else {
        leaveOutCutOff()
      }
    }
    // Without a stop: sessions that waited longer beside the first control, where nothing came after it.
    if given == nil || stop == .lockedOut { judgeUnfinished() }
    var conclusion = InvestigationConclusion(
      base: base, result: result(stop: stop), stop: stop,
      refusedFrom: number ?? (stop == .turnedAway ? shutFrom : nil), controls: outcomes,
      controlsFailed: failed,
      control: failure ?? first,
      experiments: order.compactMap { experiments[$0] }.filter {
        !$0.outcomes.isEmpty || $0.obstacle != nil
      },
      causes: causes)
    conclusion.crowdWords = crowdWords
    // Where every session as given was turned away, pauses have helped none.
    conclusion.rest =
      rest.pause > 0 && (shutFrom == nil || stop == .turnedAway)
      ? rest.words.map { (words: $0, pause: rest.pause) } : nil
    conclusion.pace = kept.isEmpty ? nil : pace
    state = .concluded(conclusion)
    return .conclude(conclusion)
  }

  /// Forgets these sessions, whatever they seemed to show, and draws no conclusion but from the others.
  mutating func forget(_ numbers: Set<Int>) {
    let others = kept.filter { !numbers.contains($0.trial.number) }
    (kept, outcomes, failed, first, failure) = ([], [], 0, nil, nil)
    for (variation, known) in experiments {
      var experiment = Experiment(variation: variation, controlValue: known.controlValue)
      experiment.obstacle = known.obstacle
      if known.obstacle != nil { experiment.effect = known.effect }
      experiments[variation] = experiment
    }
    others.forEach { keep($0) }
  }

  /// Sessions that were under way when the door was shut may have been cut off: of the present turn counts
  /// what ended as controls did before, and what got past that.
  private mutating func leaveOutCutOff() {
    guard case .experimenting = state, let usual = before.outcomes.first else { return }
    let later = outcomes.dropFirst(before.outcomes.count).filter { $0.isSameFailure(as: usual) }
    outcomes = before.outcomes + later
    failed = outcomes.count { $0.status != .ok }
    for (variation, earlier) in before.experiments
    where (experiments[variation]?.other ?? 0) > earlier.other {
      experiments[variation] = earlier
    }
  }

  /// What the turn under way has shown stands, as far as it came.
  mutating func judgeUnfinished() {
    for variation in order {
      guard var experiment = experiments[variation], experiment.effect == nil,
        !experiment.outcomes.isEmpty
      else { continue }
      experiment.controls = outcomes
      _ = experiment.judge(controls: outcomes.count)
      experiments[variation] = experiment
    }
  }

  private func result(stop: InvestigationStop?) -> InvestigationConclusion.Result {
    if outcomes.isEmpty { return .stopped }
    if !isSteady { return .intermittent }
    if failure == nil {
      return outcomes.count < Self.passes || stop == .lockedOut ? .stopped : .nothingWrong
    }
    return causes.contains { $0.grade <= .consistent }
      ? .causeFound : stop == nil ? .noCause : .stopped
  }

  /// A limit of sessions (D9) that the investigation itself has met, and gone on under.
  private var limitMet: [CauseFinding] {
    guard let words = rest.words ?? crowdWords else { return [] }
    return [
      CauseFinding(
        id: .connectionLimit421, grade: .consistent,
        pro: ["the server put off sessions of this diagnosis: \(words)"], con: [], open: [])
    ]
  }

  private var causes: [CauseFinding] {
    guard isSteady else { return [] }
    if let evidence {
      let findings = findings(on: evidence)
      let isolated = findings.filter { Catalogue.cause($0.id)?.isLastResort != true }
      if isolated.contains(where: { $0.grade <= .consistent }) { return findings }
      // Nothing was isolated; what the session shows by itself is better than nothing.
      let known = Set(findings.filter { $0.grade != .notShown }.map(\.id))
      let seen = observations(of: evidence.control).filter { !known.contains($0.id) }
      return seen + findings.filter { finding in !seen.contains { $0.id == finding.id } }
    }
    return (first.map(observations) ?? []) + limitMet
  }
}
