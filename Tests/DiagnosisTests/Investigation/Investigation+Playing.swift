import Diagnosis
import SessionTrace

extension Investigation {
  /// Plays the investigation against sessions that `trace` makes, one for each trial.
  ///
  /// The second argument says whether the trial is the first of those asked for at once. `nil` when it
  /// waits for sessions that it did not ask for.
  mutating func play(_ trace: (Trial, Bool) -> Trace) -> InvestigationConclusion? {
    var waiting: [(trial: Trial, isFirst: Bool)] = []
    var action = start()
    var control: Control?
    while true {
      switch action {
      case .conclude(let conclusion): return conclusion
      case .wait: break
      case .run(let trials):
        waiting += trials.enumerated().map { ($0.element, $0.offset == 0) }
      }
      guard !waiting.isEmpty else { return nil }
      let (trial, isFirst) = waiting.removeFirst()
      let trace = trace(trial, isFirst)
      let verdict = verdict(of: trace, beside: control)
      if control == nil, trial.variation == nil, verdict.status != .ok {
        control = Control(trace: trace, verdict: verdict, subject: Subject())
      }
      action = receive(.ended(trial, trace, verdict))
    }
  }
}

extension Trace {
  /// An envelope in one flight, answered, or acknowledged and never answered.
  static func envelope(fails: Bool, size: Int = 513) -> Trace {
    var trace = Trace.healthy
    trace.envelope = EnvelopeRecord(
      size: size, sender: "", recipientCommands: 22, recipients: 1, padding: 471, pipelined: true)
    for index in trace.commands.indices { trace.commands[index].isAnswered = true }
    guard fails else { return trace }
    trace.replies.removeLast(3)
    for index in 1..<trace.commands.count {
      trace.commands[index].isAnswered = false
      trace.commands[index].reply = nil
    }
    let end = trace.commands.last?.end ?? 0
    trace.ledger = Ledger(
      written: end, sent: end, acknowledged: end, answered: trace.commands[0].end, unsent: 0,
      received: 100)
    trace.ending = .timedOut(.reply)
    trace.endingStage = .mail
    trace.waited = .seconds(1)
    return trace
  }

  /// The same, of the size that is asked for.
  static func envelope(fails: Bool, with variation: Variation?) -> Trace {
    guard let size = variation?.envelopeSize else { return envelope(fails: fails) }
    return envelope(fails: fails, size: size)
  }
}

extension Variation {
  /// Whether it avoids a flight of exactly the control's size.
  var avoidsTheBoundary: Bool {
    self == .pipeliningOff || self == .wholeCommands || envelopeSize != nil
  }
}
