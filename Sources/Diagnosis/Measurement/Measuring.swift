import SessionTrace

/// A sweep in the sessions of a diagnosis, when its investigation is over.
struct Measuring: Sendable {
  let quantity: Quantity
  let control: Control
  var sweep: Sweep
  /// The value of each session under way, by its number.
  var pending: [Int: Int] = [:]
  /// Sessions that have ended.
  var sessions = 0
  /// Those in a row that told nothing.
  var mute = 0

  /// So many of them show that the question cannot be asked.
  static let mostMute = Sweep.lockedOut + 4

  /// The measurement that is wanted after `conclusion` of an investigation, with so many sessions at most; `nil` where
  /// none is.
  init?(
    after conclusion: InvestigationConclusion, of investigation: Investigation, sessions: Int
  ) {
    guard let control = conclusion.control,
      let quantity = Quantity.all.first(where: { $0.isWanted(after: conclusion) })
    else { return nil }
    let known = quantity.known(from: conclusion)
    guard let least = known.map(\.value).min(), let most = known.map(\.value).max(), sessions > 0,
      let plan = quantity.plan(control, least...most, sessions)
    else { return nil }
    self.quantity = quantity
    self.control = control
    sweep = Sweep(
      plan, known: known, rest: investigation.rest, isCrowded: investigation.isCrowded)
  }

  /// What a session of that value says about it: whether the failure is gone.
  func session(at value: Int, _ trial: Trial, _ trace: Trace, _ verdict: Verdict) -> SweepSession {
    var outcome = SweepOutcome(verdict)
    let effect = control.effect(of: outcome, in: trace)
    if effect == .gone { outcome = .passed }
    if effect == .same { outcome = SweepOutcome(control.verdict) }
    var session = SweepSession(
      value: value, outcome: outcome,
      isAsPlanned: (effect == .gone || effect == .same)
        && quantity.variation(value).obstacle(trace, control) == nil,
      turnedAwayBy: trace.turnedAwayBy?.quoted)
    session.number = trial.number
    return session
  }

  /// What was measured; a sweep that has tested nothing beyond what was known before tells nothing.
  func measurement(stop: SweepStop?) -> Measurement? {
    guard sessions > 0 else { return nil }
    return Measurement(
      of: quantity.option, range: sweep.plan.range,
      sizes: SweepRow.judged(sweep.rows).map(Measurement.Size.init), sessions: sessions, stop: stop)
  }
}

extension InvestigationConclusion {
  /// Takes what was measured into account: messages that stop at a power of two, whatever the segment size, meet
  /// a buffer or a counter, perhaps, and no limit that somebody chose.
  mutating func take(_ measurement: Measurement) {
    self.measurement = measurement
    // Where the stop itself was seen to be one, or was seen not to, its own rule has the word.
    guard !causes.contains(where: { $0.id == .exact64kStop }),
      measurement.conclusion.option == .messageSize, let power = measurement.powerOfTwo,
      best.contains(where: { $0.id == .sizeDropNo5xx }),
      let small = experiments.first(where: { $0.variation.name == "mss" && $0.effect == .same })
    else { return }
    let finding = CauseFinding(
      id: .exact64kStop, grade: .consistent,
      pro: [
        "messages end at \(grouped(power)) bytes, a power of two",
        "\(small.variation.phrase) the failure stays (\(small.same) of \(small.outcomes.count))",
      ], con: [],
      open: [
        "a capture on both sides of what stands in front of the server: whether the bytes behind"
          + " the first \(grouped(power)) come to it"
      ])
    let place = causes.firstIndex { $0.grade > .consistent } ?? causes.count
    causes.insert(finding, at: place)
  }
}

/// The phase of a diagnosis in which it measures.
extension InvestigationSeries {
  /// Asks for what a sweep wants next.
  mutating func measure(_ action: Sweep.Action) -> Action {
    switch action {
    case .wait: return .wait
    case .run(let values): return .run(values.map { trial(at: $0) })
    case .conclude(let conclusion): return measured(conclusion)
    }
  }

  /// A session of the measurement.
  private mutating func trial(at value: Int) -> Trial {
    let pause = measuring?.sweep.pause() ?? 0
    let trial = current.trial(measuring?.quantity.variation(value), behind: pause)
    measuring?.pending[trial.number] = value
    return trial
  }

  /// Takes a session of the measurement; `nil` where it is none.
  mutating func takeMeasured(_ input: Investigation.Input) -> Action? {
    guard let phase = measuring else { return nil }
    switch input {
    case .ended(let trial, let trace, let verdict):
      guard let value = measuring?.pending.removeValue(forKey: trial.number) else { return .wait }
      measuring?.sessions += 1
      let session = phase.session(at: value, trial, trace, verdict)
      // What ends in another way says nothing of the size, however long it takes.
      if session.isAsPlanned, let haste = current.haste(of: trial, trace, verdict),
        measuring?.sweep.repeats() == true
      {
        current.leaveTime(for: trial, trace, haste)
        return .run([self.trial(at: value)])
      }
      current.pace.take(trace)
      measuring?.mute = session.isAsPlanned ? 0 : phase.mute + 1
      let action = measuring?.sweep.receive(session)
      guard measuring?.mute ?? 0 < Measuring.mostMute else { return measured(nil) }
      return measure(action ?? .wait)
    case .impossible(let trial, let reason):
      guard let value = measuring?.pending.removeValue(forKey: trial.number) else { return .wait }
      return measure(measuring?.sweep.receive(.impossible(value, reason)) ?? .wait)
    case .stopped:
      if let last = conclusions.indices.last { conclusions[last].stop = .signal }
      return measure(measuring?.sweep.receive(.stopped) ?? .wait)
    }
  }

  /// The measurement is over; without a conclusion where it leads to none.
  private mutating func measured(_ conclusion: SweepConclusion?) -> Action {
    guard let phase = measuring, let last = conclusions.indices.last else { return .wait }
    measuring = nil
    (current.rest, current.isCrowded) = (phase.sweep.rest, phase.sweep.isCrowded)
    let stop = conclusion?.stop
    if let measurement = phase.measurement(stop: stop) { conclusions[last].take(measurement) }
    // Who had enough of us need not be asked what is behind.
    let isOver = stop == .turnedAway || stop == .lockedOut
    return isOver ? .conclude(conclusions) : goOn()
  }
}
