import SessionTrace

/// Whether the server lets the sessions of an investigation in, and what is done where it does not.
extension Investigation {
  /// Keeps what a session shows, or holds it back where it was not let in as far as usual.
  mutating func take(_ trial: Trial, _ trace: Trace, _ verdict: Verdict) {
    pace.take(trace)
    if !isTurnedAway(trial, trace) { rest.letIn() }
    let began = waiting.removeValue(forKey: trial.number)
    let isAlone = isAlone && waiting.isEmpty && began == nil
    let one = Ended(trial: trial, trace: trace, verdict: verdict, wasAlone: isAlone)
    if isTurnedAway(trial, trace), !isAlone {
      crowdWords = crowdWords ?? trace.turnedAwayBy?.quoted
      held.append(one)
    } else if door.letsIn(trial, SweepOutcome(verdict), turn: began ?? turns, isAlone: isAlone) {
      keep(one)
    } else {
      held.append(one)
    }
  }

  /// What is to be done about sessions that were not let in; `nil` when there is nothing.
  mutating func atTheDoor() -> Action? {
    if let number = door.shutFrom { return conclude(stop: .lockedOut, from: number) }
    if door.isInDoubt { return knock() }
    guard !held.isEmpty else { return nil }
    defer { held = [] }
    if case .experimenting(let variations, _) = state, !isCrowded,
      held.contains(where: { !$0.wasAlone && !$0.trial.leadsElsewhere })
    {
      isCrowded = true
      unhurried = []
      startAgain()
      return turn(variations)
    }
    if case .observing = state, crowdWords != nil, !isCrowded {
      isCrowded = true
      held.filter { !isTurnedAway($0.trial, $0.trace) }.forEach { keep($0) }
      return observe(1)
    }
    held.forEach { keep($0) }
    return nil
  }

  /// The control by itself, beside all that is asked for already.
  private mutating func knock() -> Action {
    switch state {
    case .observing: state = .observing(open: 1)
    case .experimenting(let variations, let open):
      state = .experimenting(variations, open: open + 1)
    case .idle, .closing, .concluded: break
    }
    return run([nil])
  }

  /// Forgets the present turn, but for controls that had the server to themselves.
  private mutating func startAgain() {
    let later = kept.dropFirst(before.kept.count)
    let knock = isAlone ? later.last : nil
    let patient = later.filter { self.patient.contains($0.trial.number) }
    (kept, outcomes) = (before.kept, before.outcomes)
    (failed, experiments) = (before.failed, before.experiments)
    patient.forEach { keep($0) }
    if let knock, !self.patient.contains(knock.trial.number) { keep(knock) }
    for one in held where one.wasAlone { keep(one) }
  }
}
