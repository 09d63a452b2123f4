import SessionTrace

/// What is done where a server turns every session away, and there is another place to ask.
///
/// A sender goes on to the next exchanger, so whoever diagnoses looks there before saying that nobody wants
/// it.
extension Investigation {
  /// Whether the first sessions were turned away before any envelope, and the target has other addresses.
  func canLookElsewhere(_ trial: Trial, _ trace: Trace, _ verdict: Verdict) -> Bool {
    guard trial.variation == nil, first == nil, rest.refusals >= Rest.ownDoing,
      let reply = trace.turnedAwayBy, reply.stage < .mail
    else { return false }
    let control = Control(trace: trace, verdict: verdict, subject: subject)
    return openVariations(on: Evidence(control: control, experiments: [:]))
      .contains(where: \.isOtherAddress)
  }

  /// From now on that is the failure, and what is asked for goes to other addresses.
  mutating func lookElsewhere(_ trial: Trial, _ trace: Trace, _ verdict: Verdict) -> Action {
    shutFrom = rest.turnedAwayFrom ?? trial.number
    take(trial, trace, verdict)
    return nextRound()
  }

  /// Whether a session as given is let in, which was turned away every time before.
  func letsInAfterAll(_ trial: Trial, _ trace: Trace) -> Bool {
    shutFrom != nil && trial.variation == nil && trace.isGreeted
      && trace.turnedAwayBy == nil
  }

  /// The server wanted fewer of us, and not none: begins anew with this session.
  mutating func reopen(_ trial: Trial, _ trace: Trace, _ verdict: Verdict) -> Action {
    shutFrom = nil
    door = Door()
    (experiments, order, queue, early, held) = ([:], [], [], [], [])
    forget(Set(kept.map(\.trial.number)))
    take(trial, trace, verdict)
    state = .observing(open: 0)
    return afterObserving()
  }

  /// Why it ends, where nothing else ended it: the server turned everything away, and so did all others.
  var stopOfShutDoor: InvestigationStop? {
    guard shutFrom != nil, !experiments.values.contains(where: { $0.effect == .gone }) else {
      return nil
    }
    return .turnedAway
  }
}
