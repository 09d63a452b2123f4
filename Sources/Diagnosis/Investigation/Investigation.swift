import SessionTrace

/// Finds what changes a failure, by asking for sessions and being told of them.
///
/// First the control, the session as its user gave it, until it has failed or passed often enough.
/// Then rounds: the control once more beside a few variants that differ from it in one thing each, so
/// that all of them meet the same server at the same time, until each difference is clear. The variations
/// of a round are those that would separate the causes still standing, cheapest first. At the end the
/// control again. A control that does not behave the same every time ends it: then nothing that came
/// and went with a variation can be called its doing. It tests nothing itself and knows no time.
package struct Investigation: Machine {
  package typealias Trial = Diagnosis.Trial
  package typealias Input = MachineInput<Trial>
  package typealias Action = MachineAction<Trial, InvestigationConclusion>

  enum State: Sendable {
    /// Nothing was asked for yet.
    case idle
    /// The first controls: so many have not ended.
    case observing(open: Int)
    /// A round of experiments: so many sessions of its present turn have not ended. None: those that wait
    /// longer than a turn takes have not.
    case experimenting([Variation], open: Int)
    /// The last control has not ended.
    case closing
    /// The conclusion was given.
    case concluded(InvestigationConclusion)
  }

  struct Knowledge: Sendable {
    var kept: [Ended] = []
    var outcomes: [SweepOutcome] = []
    var failed = 0
    var experiments: [Variation: Experiment] = [:]
  }

  /// A session that has ended.
  struct Ended: Sendable {
    var trial: Trial
    var trace: Trace
    var verdict: Verdict
    var wasAlone: Bool
  }

  /// Sessions asked for so far, by this investigation and those before it.
  package private(set) var sessions: Int

  let subject: Subject
  /// What is varied in every session, the control's too.
  let base: [Variation]
  let limit: Int
  let width: Int
  var state = State.idle
  /// Sessions that count, in the order in which they ended.
  var kept: [Ended] = []
  var outcomes: [SweepOutcome] = []
  var failed = 0
  var first: Control?
  var failure: Control?
  var experiments: [Variation: Experiment] = [:]
  var order: [Variation] = []
  /// The pauses that the server asks for.
  var rest = Rest()
  /// Number of the first session, where the server turns away all that are as given and others are asked for
  /// at other addresses; `nil` elsewhere.
  var shutFrom: Int?
  /// Whether sessions side by side disturb each other: a server that serves one at a time, or few.
  var isCrowded = false
  /// What of the present turn has not begun, where one session waits for the other.
  var queue: [Variation?] = []
  /// What was known before the present turn, should it have to be made again.
  var before = Knowledge()
  /// Whether the server lets us in; what an investigation behind this one goes on with.
  var door = Door()
  /// Sessions that count for nothing until it is known whether the server lets us in.
  var held: [Ended] = []
  /// Variants that ended before the first control had failed.
  var early: [Ended] = []
  /// Whether the sessions that were asked for last are but one.
  var isAlone = true
  /// How often sessions were asked for.
  var turns = 0
  /// Controls asked for since anything was varied, with nothing beside them but sessions that wait longer.
  var controlsBehindAll = 0
  /// What the server said to sessions side by side that it would not have.
  var crowdWords: String?
  /// How long everything took that came; what an investigation behind this one goes on with.
  var pace: Pace
  /// What is given the user's own wait, since a shorter one told nothing; `nil` for the control.
  var unhurried: Set<Variation?> = []
  /// Sessions that wait longer than the others, and while turns go by beside them: those asked for.
  var patient: Set<Int> = []
  /// Those of them that have not ended, and the turn in which they began.
  var waiting: [Int: Int] = [:]

  /// Controls that must pass before nothing is called wrong.
  static let passes = 4
  /// Controls that tell how often a failure comes and goes.
  private static let unsteady = 8

  /// An investigation with at most `limit` sessions, `width` variants at a time.
  ///
  /// One that comes behind others has `base`, what gets past their failures, and their `sessions`.
  package init(
    _ subject: Subject, limit: Int = 200, width: Int = 4, base: [Variation] = [], sessions: Int = 0
  ) {
    self.subject = subject
    self.base = base
    self.sessions = sessions
    self.limit = limit
    self.width = max(1, width)
    pace = Pace(patience: subject.patience)
  }

  /// The first control, by itself: what comes after depends on it.
  package mutating func start() -> Action { observe(1) }

  package mutating func receive(_ input: Input) -> Action {
    switch (state, input) {
    case (.concluded(let conclusion), _): return .conclude(conclusion)
    case (_, .stopped): return conclude(stop: .signal)
    case (.idle, .ended), (.idle, .impossible): return .wait
    case (_, .ended(let trial, let trace, let verdict)):
      if let haste = haste(of: trial, trace, verdict) { return again(trial, trace, haste) }
      return ended(trial, trace, verdict)
    case (_, .impossible(let trial, let reason)) where waiting[trial.number] != nil:
      waiting[trial.number] = nil
      if let variation = trial.variation { experiments[variation]?.obstacle = reason }
      return waitedLong()
    case (.experimenting(let variations, let open), .impossible(let trial, let reason)):
      if let variation = trial.variation { experiments[variation]?.obstacle = reason }
      return ended(variations, open: open)
    case (.observing, .impossible), (.closing, .impossible): return conclude(stop: nil)
    }
  }

  /// Takes a session that has waited long enough.
  private mutating func ended(_ trial: Trial, _ trace: Trace, _ verdict: Verdict) -> Action {
    if letsInAfterAll(trial, trace) { return reopen(trial, trace, verdict) }
    if waiting[trial.number] != nil {
      take(trial, trace, verdict)
      return waitedLong()
    }
    switch state {
    case .idle, .concluded: return .wait
    case .observing(let open):
      if isTurnedAway(trial, trace), isAlone, waiting.isEmpty {
        return turnedAway(trial, trace, verdict)
      }
      take(trial, trace, verdict)
      state = .observing(open: open - 1)
      return open > 1 ? .wait : afterObserving()
    case .experimenting(let variations, let open):
      if isTurnedAway(trial, trace), isAlone, waiting.isEmpty {
        return turnedAway(trial, trace, verdict)
      }
      take(trial, trace, verdict)
      return ended(variations, open: open)
    case .closing:
      if isTurnedAway(trial, trace) { return turnedAway(trial, trace, verdict) }
      take(trial, trace, verdict)
      return atTheDoor() ?? conclude(stop: nil)
    }
  }

  // MARK: - Controls

  mutating func observe(_ count: Int) -> Action {
    state = .observing(open: count)
    return run(Array(repeating: nil, count: count))
  }

  mutating func keepControl(_ trace: Trace, _ verdict: Verdict) {
    let control = Control(trace: trace, verdict: verdict, subject: subject)
    if first == nil { first = control }
    outcomes.append(SweepOutcome(verdict))
    if verdict.status != .ok {
      failed += 1
      if failure == nil {
        failure = control
        let early = early
        self.early = []
        early.forEach { keep($0) }
      }
    }
  }

  /// Whether every control so far ended alike: all passed, or all failed in the same place.
  var isSteady: Bool {
    guard let usual = outcomes.first else { return true }
    return outcomes.allSatisfy { $0.isSameFailure(as: usual) }
  }

  mutating func afterObserving() -> Action {
    if let action = atTheDoor() { return action }
    guard let control = failure else {
      // One after the other: a server may allow a sender no more at a time, and nothing is wrong with that.
      return outcomes.count < Self.passes ? observe(1) : conclude(stop: nil)
    }
    if control.isFinalWord { return conclude(stop: nil) }
    if !isSteady {
      return outcomes.count < Self.unsteady
        ? observe(isCrowded ? 1 : Self.unsteady - outcomes.count) : conclude(stop: nil)
    }
    // Beside sessions that wait longer, the second control is that of the first turn.
    return outcomes.count < 2 && !wantsPatience ? observe(1) : nextRound()
  }

  // MARK: - Experiments

  mutating func keep(_ one: Ended) {
    // What came before the control that it is a variant of is looked at when that has failed.
    guard one.trial.variation == nil || failure != nil else { return early.append(one) }
    kept.append(one)
    let (trace, verdict) = (one.trace, one.verdict)
    guard let variation = one.trial.variation else { return keepControl(trace, verdict) }
    guard let control = failure, var experiment = experiments[variation] else { return }
    let outcome = SweepOutcome(verdict)
    let effect = control.effect(of: outcome, in: trace)
    // A session that only observes is one as given: if it comes past, the failure does not come every time.
    if variation.onlyObserves, effect == .gone { return keepControl(trace, verdict) }
    if let obstacle = variation.obstacle(trace, control) { experiment.obstacle = obstacle }
    experiment.outcomes.append(outcome)
    switch effect {
    case .gone: experiment.gone += 1
    case .same: experiment.same += 1
    case .other, .unclear, .impossible, .observed: experiment.other += 1
    }
    if experiment.trace == nil { experiment.trace = trace }
    if let kind = variation.observation, let seen = Experiment.Observation(of: kind, in: trace) {
      experiment.observations.append(seen)
    }
    if variation.wait != nil, let end = WaitEnd(of: trace, beside: control) {
      experiment.waits.append(end)
    }
    experiments[variation] = experiment
  }

  mutating func ended(_ variations: [Variation], open: Int) -> Action {
    state = .experimenting(variations, open: open - 1)
    guard open <= 1 || isCrowded else { return .wait }
    if let action = atTheDoor() { return action }
    guard open <= 1 else { return run([queue.removeFirst()]) }
    return afterTurn(variations)
  }

  mutating func afterTurn(_ variations: [Variation]) -> Action {
    forgetTheHasty()
    if !isSteady {
      return outcomes.count < Self.unsteady
        ? observe(isCrowded ? 1 : Self.unsteady - outcomes.count) : conclude(stop: nil)
    }
    var unsettled: [Variation] = []
    for variation in asked(in: variations) {
      guard var experiment = experiments[variation] else { continue }
      experiment.controls = outcomes
      if experiment.judge(controls: outcomes.count) { unsettled.append(variation) }
      experiments[variation] = experiment
    }
    return unsettled.isEmpty ? nextRound() : turn(unsettled)
  }

  mutating func nextRound() -> Action {
    guard let evidence else { return conclude(stop: nil) }
    if experiments.isEmpty, wantsPatience { return waitLonger(on: evidence) }
    let variations = nextVariations(on: evidence, atMost: max(1, width - waiting.count))
    for variation in variations { note(variation, on: evidence) }
    guard !variations.isEmpty else { return waiting.isEmpty ? close() : pause() }
    return turn(variations)
  }

  mutating func note(_ variation: Variation, on evidence: Evidence) {
    experiments[variation] = Experiment(
      variation: variation, controlValue: variation.value(in: evidence.control))
    order.append(variation)
  }

  /// The control, and each of the variants, once.
  ///
  /// In another order each time, without a pattern: to a server that treats every fourth connection in
  /// its own way, a variant that is always the fourth would look like a cause.
  mutating func turn(_ variations: [Variation]) -> Action {
    // A server that serves one at a time is not asked while a session waits there.
    if isCrowded, !waiting.isEmpty {
      state = .experimenting(variations, open: 0)
      return .wait
    }
    controlsBehindAll = variations.isEmpty ? controlsBehindAll + 1 : 0
    state = .experimenting(variations, open: variations.count + 1)
    let all = [nil] + variations
    let order = all.indices.map { (place: $0, key: scattered(UInt64(sessions + $0))) }
    let trials = order.sorted { $0.key < $1.key }.map { all[$0.place] }
    before = Knowledge(
      kept: kept, outcomes: outcomes, failed: failed, experiments: experiments)
    guard isCrowded else { return run(trials) }
    queue = Array(trials.dropFirst())
    return run(Array(trials.prefix(1)))
  }

  /// The control once more, where anything was tried: the server must still be the one it was.
  mutating func close() -> Action {
    guard !order.isEmpty, controlsBehindAll == 0 else { return conclude(stop: nil) }
    state = .closing
    return run([nil])
  }

  mutating func run(_ variations: [Variation?]) -> Action {
    guard sessions + variations.count <= limit else { return conclude(stop: .sessionLimit) }
    isAlone = variations.count == 1
    turns += 1
    return .run(variations.map { trial($0) })
  }

  mutating func trial(_ variation: Variation?) -> Trial {
    // The pauses are for the server that asked for them.
    trial(variation, behind: variation?.isOtherAddress == true ? 0 : rest.begin())
  }

  /// The next session, after a pause.
  mutating func trial(_ variation: Variation?, behind pause: Microseconds) -> Trial {
    sessions += 1
    return Trial(
      number: sessions, variation: variation, base: base,
      wait: shortWait(with: variation), total: shortTotal, pause: pause)
  }

  var evidence: Evidence? {
    failure.map { Evidence(control: $0, experiments: experiments) }
  }
}

/// A number in which nothing of the order of its argument is left: the last step of SplitMix64 (Steele,
/// Lea, Flood 2014).
private func scattered(_ number: UInt64) -> UInt64 {
  var mixed = number &* 0x9E37_79B9_7F4A_7C15
  mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
  mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
  return mixed ^ (mixed >> 31)
}
