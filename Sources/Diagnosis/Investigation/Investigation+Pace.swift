import SessionTrace

/// How long the sessions of an investigation wait.
extension Investigation {
  /// Whether the session as given was given up, so that each session that changes nothing takes as long.
  private var isWaitedFor: Bool { failure?.isGivenUp == true }

  /// Whether what the control looks like asks for a longer wait.
  var wantsPatience: Bool { evidence.map { wantsPatience(on: $0) } ?? false }

  private func wantsPatience(on evidence: Evidence) -> Bool {
    guard evidence.control.isGivenUp else { return false }
    let patience = Variation.patience(evidence.control.longPatience)
    return Catalogue.suspects(for: evidence.control).contains { suspect in
      (suspect.rule.requires + suspect.rule.confirms).contains {
        $0.variations(evidence).contains(patience)
      }
    }
  }

  /// The wait of a session that need not take the user's own; `nil` where it must.
  func shortWait(with variation: Variation?) -> Microseconds? {
    guard isWaitedFor, variation?.wait == nil, !unhurried.contains(variation),
      pace.wait < pace.patience
    else { return nil }
    return pace.wait
  }

  /// Where the session as given crawled until its time was over, others show sooner whether they run; `nil`
  /// elsewhere.
  var shortTotal: Microseconds? {
    failure?.trace.ending == .timedOut(.total) ? Pace.crawling : nil
  }

  /// Why a session was given up too soon to say anything.
  enum Haste {
    /// The server is slower than was known; its pace asks for more time from now on.
    case slowServer
    /// It was given up elsewhere than the control, where a reply may take longer.
    case elsewhere
  }

  /// `nil` where a session was not given up, or not too soon.
  func haste(of trial: Trial, _ trace: Trace, _ verdict: Verdict) -> Haste? {
    guard let wait = trial.wait, trace.isGivenUp, let failure,
      verdict.status == .stalled || verdict.status == .unreachable
    else { return nil }
    // What has come past the failure needs no longer wait for what is behind it.
    let outcome = SweepOutcome(verdict)
    if let variation = trial.variation, !variation.onlyObserves,
      failure.effect(of: outcome, in: trace) == .gone
    {
      return nil
    }
    var pace = pace
    pace.take(trace)
    if wait < pace.wait { return .slowServer }
    return trace.isGivenUp(like: failure.trace) ? nil : .elsewhere
  }

  /// Leaves the session more time when it is made again: what the server's pace asks for, or the user's own, as to
  /// all with that variation from now on.
  mutating func leaveTime(for trial: Trial, _ trace: Trace, _ haste: Haste) {
    switch haste {
    case .slowServer: break
    case .elsewhere: unhurried.insert(trial.variation)
    }
    pace.take(trace)
  }

  /// The same session once more, with more time.
  mutating func again(_ trial: Trial, _ trace: Trace, _ haste: Haste) -> Action {
    leaveTime(for: trial, trace, haste)
    guard sessions < limit else { return conclude(stop: .sessionLimit) }
    return .run([self.trial(trial.variation)])
  }

  /// Forgets what was given up sooner than is safe by what has come since.
  mutating func forgetTheHasty() {
    let hasty = kept.filter { one in
      one.trial.wait.map { $0 < pace.wait && one.trace.isGivenUp } ?? false
    }
    guard !hasty.isEmpty else { return }
    forget(Set(hasty.map(\.trial.number)))
    judgeUnfinished()
    // What is not settled any more is asked for anew where it matters still.
    for variation in order
    where experiments[variation]?.effect == nil && !isPatient(variation) {
      experiments[variation] = nil
      order.removeAll { $0 == variation }
    }
  }

  // MARK: - Waiting longer

  /// Whether nothing but the longer wait, which goes on, can answer the question.
  func isPending(_ criterion: Criterion, on evidence: Evidence) -> Bool {
    !waiting.isEmpty
      && criterion.variations(evidence).allSatisfy {
        isPatient($0) || evidence.experiments[$0]?.effect != nil
      }
  }

  private func isPatient(_ variation: Variation) -> Bool { variation.wait != nil }

  /// The variations of a turn, and the longer wait once it has come to its end.
  func asked(in variations: [Variation]) -> [Variation] {
    let longer = order.filter { isPatient($0) && experiments[$0]?.effect == nil }
    return waiting.isEmpty
      ? variations + longer.filter { !variations.contains($0) }
      : variations.filter { !isPatient($0) }
  }

  /// Asks for the longer wait, in two sessions at once, and for the turns of other experiments beside them;
  /// for nothing beside them where so many are not to run at a time.
  mutating func waitLonger(on evidence: Evidence) -> Action {
    let patience = Variation.patience(evidence.control.longPatience)
    note(patience, on: evidence)
    guard sessions + Self.patientSessions <= limit else { return conclude(stop: .sessionLimit) }
    let trials = patientTrials(patience)
    guard width > Self.patientSessions else {
      state = .experimenting([], open: 0)
      return .run(trials)
    }
    // By now the longer wait itself is under way.
    let begun = Evidence(control: evidence.control, experiments: experiments)
    let variations = nextVariations(on: begun, atMost: width - Self.patientSessions)
    for variation in variations { note(variation, on: evidence) }
    switch turn(variations) {
    case .run(let others): return .run(trials + others)
    case .conclude(let conclusion): return .conclude(conclusion)
    case .wait: return .run(trials)
    }
  }

  private mutating func patientTrials(_ patience: Variation) -> [Trial] {
    let trials = (0..<Self.patientSessions).map { _ in trial(patience) }
    for trial in trials {
      patient.insert(trial.number)
      waiting[trial.number] = turns + 1
    }
    return trials
  }

  /// The first control, and where it is likely to wait in vain as `foreseen` did those that wait longer beside
  /// it.
  mutating func begin(behind foreseen: Control?) -> Action {
    let action = start()
    let evidence = foreseen.map { Evidence(control: $0, experiments: [:]) }
    guard case .run(let first) = action, let evidence, !isCrowded, width > Self.patientSessions,
      sessions + Self.patientSessions <= limit, wantsPatience(on: evidence)
    else { return action }
    let patience = Variation.patience(evidence.control.longPatience)
    note(patience, on: evidence)
    return .run(first + patientTrials(patience))
  }

  /// Sessions that wait longer.
  private static let patientSessions = 2

  /// Nothing is left to try but what depends on the longer wait, unless nothing does: the last control
  /// comes meanwhile.
  mutating func pause() -> Action {
    guard let evidence, openVariations(on: evidence).contains(where: { isPatient($0) }) else {
      waiting = [:]
      return close()
    }
    if controlsBehindAll == 0, !isCrowded { return turn([]) }
    state = .experimenting([], open: 0)
    return .wait
  }

  /// A session that waited longer has ended: goes on where that was waited for.
  mutating func waitedLong() -> Action {
    guard case .experimenting(let variations, open: 0) = state, waiting.isEmpty else {
      return .wait
    }
    if let action = atTheDoor() { return action }
    return variations.isEmpty ? afterTurn([]) : turn(variations)
  }
}
