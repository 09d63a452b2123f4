import SessionOptions
import SMTPDialogue

/// Investigations one behind the other: what stops a session, and with that out of the way, what stops
/// it next.
///
/// A path can have two faults, and the first hides the second. When no experiment leads to a session
/// that passes, and one of them leads past the failure to another one every time, that is varied for
/// good and that failure is looked into as the first one was.
package struct InvestigationSeries: Machine {
  package typealias Trial = Diagnosis.Trial
  /// It comes to a conclusion on each failure behind the one before.
  package typealias Action = MachineAction<Trial, [InvestigationConclusion]>

  /// Failures one behind the other that are looked into.
  private static let deepest = 3

  private let limit: Int
  private let width: Int
  private var subject: Subject
  private var conclusions: [InvestigationConclusion] = []
  private var base: [Variation] = []
  private var current: Investigation

  /// A series with at most `limit` sessions in all, `width` variants at a time.
  package init(_ subject: Subject, limit: Int = 200, width: Int = 4) {
    self.subject = subject
    self.limit = limit
    self.width = width
    current = Investigation(subject, limit: limit, width: width)
  }

  /// The first control.
  package mutating func start() -> Action { action(current.start()) }

  package mutating func receive(_ input: Investigation.Input) -> Action {
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
      guard conclusions.count < Self.deepest, let variation = conclusion.wayPast else {
        return .conclude(conclusions)
      }
      base.append(variation)
      variation.learn(&subject)
      if let control = conclusion.control { subject.leaveOut(whatVaries: variation, control) }
      let past = conclusion.experiments.first { $0.variation == variation }
      let door = current.door.behind(past?.outcomes ?? [])
      let pace = current.pace.behind(patience: subject.patience)
      current = Investigation(
        subject, limit: limit, width: width, base: base, sessions: current.sessions)
      current.door = door
      current.pace = pace
      return start()
    }
  }
}
