import SessionOptions
import SMTPDialogue

/// Investigations one behind the other: what stops a session, and with that out of the way, what stops
/// it next.
///
/// A path can have two faults, and the first hides the second. When no experiment leads to a session
/// that passes, and one of them leads past the failure to another one every time, that is varied for
/// good and that failure is looked into as the first one was. Behind each investigation it measures which
/// sizes fail, where that is a question.
package struct InvestigationSeries: Machine {
  package typealias Trial = Diagnosis.Trial
  /// It comes to a conclusion on each failure behind the one before.
  package typealias Action = MachineAction<Trial, [InvestigationConclusion]>

  /// Failures one behind the other that are looked into.
  private static let deepest = 3

  let limit: Int
  private let width: Int
  private var subject: Subject
  var conclusions: [InvestigationConclusion] = []
  private var base: [Variation] = []
  var current: Investigation
  /// The measurement behind the current investigation, while it is under way.
  var measuring: Measuring?

  /// A series with at most `limit` sessions in all, `width` variants at a time.
  package init(_ subject: Subject, limit: Int = 200, width: Int = 4) {
    self.subject = subject
    self.limit = limit
    self.width = width
    current = Investigation(subject, limit: limit, width: width)
  }

  /// The first control.
  package mutating func start() -> Action { action(current.start()) }

  package var outlook: Int { measuring?.sweep.outlook ?? current.outlook }

  package mutating func receive(_ input: Investigation.Input) -> Action {
    if let action = takeMeasured(input) { return action }
    switch input {
    case .ended(let trial, _, _) where trial.base != base,
      .impossible(let trial, _) where trial.base != base:
      return .wait
    case .ended, .impossible, .stopped:
      return action(current.receive(input))
    }
  }

  private mutating func action(_ action: Investigation.Action) -> Action {
    switch action {
    case .wait: return .wait
    case .run(let trials): return .run(trials)
    case .conclude(let conclusion):
      conclusions.append(conclusion)
      measuring = Measuring(
        after: conclusion, of: current, sessions: limit - current.sessions)
      return measuring != nil ? measure(measuring?.sweep.start() ?? .wait) : goOn()
    }
  }

  /// What stops the sessions that get past the last failure, where something does.
  mutating func goOn() -> Action {
    guard let conclusion = conclusions.last, conclusions.count < Self.deepest,
      let variation = conclusion.wayPast
    else { return .conclude(conclusions) }
    base.append(variation)
    variation.learn(&subject)
    if let control = conclusion.control { subject.leaveOut(whatVaries: variation, control) }
    let past = conclusion.experiments.first { $0.variation == variation }
    let door = current.door.behind(past?.outcomes ?? [])
    let pace = current.pace.behind(patience: subject.patience)
    // The pauses are for the server that asked for them.
    let rest = variation.isOtherAddress ? Rest() : current.rest
    current = Investigation(
      subject, limit: limit, width: width, base: base, sessions: current.sessions)
    current.door = door
    current.pace = pace
    (current.rest, current.isCrowded) = (rest, rest.pause > 0)
    let foreseen = past?.trace.map {
      Control(trace: $0, verdict: Diagnosis.verdict(of: $0), subject: subject)
    }
    return action(current.begin(behind: foreseen))
  }
}
