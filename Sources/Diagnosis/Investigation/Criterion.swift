import SessionTrace

/// All that an investigation has seen so far.
package struct Evidence: Sendable {
  package let control: Control
  package var experiments: [Knob: Experiment]

  /// How the knob bears on the failure; a longer wait that only the server's own ended changes nothing.
  func effect(of knob: Knob) -> Experiment.Effect? {
    experiments[knob].flatMap { $0.isOutwaited ? .same : $0.effect }
  }

  /// The first session with that knob.
  func trace(with knob: Knob) -> Trace? { experiments[knob]?.trace }
}

/// A question that speaks for or against a cause.
struct Criterion: Sendable {
  enum Answer: Sendable, Equatable {
    case yes(String)
    case no(String)
    /// It does not arise: nothing of the kind was in use.
    case idle
    /// Nobody has looked, or the look told nothing.
    case unknown
  }

  /// Experiments that can answer it; none when the control alone does.
  var knobs: @Sendable (Evidence) -> [Knob]
  var answer: @Sendable (Evidence) -> Answer

  typealias Choice = @Sendable (Control) -> Knob?

  /// The failure goes away with the knob.
  static func goes(with choice: @escaping Choice) -> Criterion { flips(on: { choice($0.control) }) }

  /// The failure is the same with the knob; idle where the knob has nothing to turn.
  static func stays(with choice: @escaping Choice) -> Criterion {
    keeps(on: { choice($0.control) }, without: .idle)
  }

  /// The same with a knob that earlier experiments chose; nobody has looked while there is none.
  static func flips(on choice: @escaping @Sendable (Evidence) -> Knob?) -> Criterion {
    Criterion(knobs: { choice($0).map { [$0] } ?? [] }) { evidence in
      guard let knob = choice(evidence) else { return .unknown }
      switch evidence.effect(of: knob) {
      case .gone: return .yes(evidence.sentence(on: knob))
      case .same: return .no(evidence.sentence(on: knob))
      case .other, .unclear, .impossible, .observed, nil: return .unknown
      }
    }
  }

  static func keeps(
    on choice: @escaping @Sendable (Evidence) -> Knob?, without none: Answer = .unknown
  ) -> Criterion {
    Criterion(knobs: { choice($0).map { [$0] } ?? [] }) { evidence in
      guard let knob = choice(evidence) else { return none }
      switch evidence.effect(of: knob) {
      case .gone: return .no(evidence.sentence(on: knob))
      case .same: return .yes(evidence.sentence(on: knob))
      case .other, .unclear, .impossible, .observed, nil: return .unknown
      }
    }
  }

  static func goes(with knob: Knob) -> Criterion { goes { _ in knob } }
  static func stays(with knob: Knob) -> Criterion { stays { _ in knob } }

  /// Something that the control shows by itself.
  static func seen(
    _ yes: String, not no: String, _ test: @escaping @Sendable (Control) -> Bool
  ) -> Criterion {
    Criterion(knobs: { _ in [] }) { test($0.control) ? .yes(yes) : .no(no) }
  }

  /// What the server says in refusing, by its own words.
  static func said(_ meaning: String) -> Criterion {
    Criterion(knobs: { _ in [] }) { evidence in
      guard let refusal = evidence.control.refusal else { return .unknown }
      return .yes("the server says that \(meaning): \(refusal.quoted)")
    }
  }

  /// Something that the control may show against it; that it does not is the first symptom, and speaks for
  /// nothing.
  static func unless(_ no: String, _ test: @escaping @Sendable (Control) -> Bool) -> Criterion {
    Criterion(knobs: { _ in [] }) { test($0.control) ? .no(no) : .idle }
  }

  /// Something that the variant shows beside its outcome.
  ///
  /// A variant that came out now so, now so, or in other segments than were meant, shows nothing of
  /// its knob.
  static func shown(
    with choice: @escaping Choice, _ read: @escaping @Sendable (Evidence, Trace) -> Answer
  ) -> Criterion {
    Criterion(knobs: { choice($0.control).map { [$0] } ?? [] }) { evidence in
      guard let knob = choice(evidence.control), let trace = evidence.trace(with: knob) else {
        return .unknown
      }
      switch evidence.effect(of: knob) {
      case .gone, .same, .other: return read(evidence, trace)
      case .unclear, .impossible, .observed, nil: return .unknown
      }
    }
  }
}

extension Evidence {
  /// `with --pipelining off it is gone (4 of 4; the control failed 6 of 6 times)`, by the counts that
  /// the table of experiments shows.
  func sentence(on knob: Knob) -> String {
    guard let experiment = experiments[knob], let effect = experiment.effect else {
      return "\(knob.phrase) nothing was tried"
    }
    let tries = experiment.outcomes.count
    if experiment.isOutwaited, let after = experiment.waits.text(of: .gaveUp) {
      return "\(knob.phrase) no reply comes, and the server gives up \(after)"
    }
    let reply = control.group == .greeting ? "the greeting" : "the missing reply"
    let pause = experiment.waits.text(of: .reply).map { "; \(reply) comes \($0)" } ?? ""
    let failed = experiment.controls.count { $0.status != .ok }
    let failures = "the control failed \(failed) of \(experiment.controls.count) times"
    switch effect {
    case .gone:
      return "\(knob.phrase) it is gone (\(experiment.gone) of \(tries); \(failures))\(pause)"
    case .same: return "\(knob.phrase) it is the same (\(experiment.same) of \(tries))"
    case .other:
      let what = experiment.outcomes.first.map(\.text) ?? "something else"
      return "\(knob.phrase) it is another failure, \(what)"
    case .unclear:
      return "\(knob.phrase) it is gone \(experiment.gone) of \(tries) times: unclear"
    case .impossible: return "\(knob.phrase): \(experiment.obstacle ?? "could not be made")"
    case .observed: return "\(knob.phrase) \(experiment.sightings.first?.text ?? "nothing is seen")"
    }
  }
}
