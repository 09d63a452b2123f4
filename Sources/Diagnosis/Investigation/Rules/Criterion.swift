import SessionTrace

/// All that an investigation has seen so far.
package struct Evidence: Sendable {
  package let control: Control
  package var experiments: [Variation: Experiment]

  /// How the variation bears on the failure; a longer wait that only the server's own ended changes nothing.
  func effect(of variation: Variation) -> Experiment.Effect? {
    experiments[variation].flatMap { $0.isOutwaited ? .same : $0.effect }
  }

  /// The first session with that variation.
  func trace(with variation: Variation) -> Trace? { experiments[variation]?.trace }
}

/// A question that speaks for or against a cause.
struct Criterion: Sendable {
  enum Answer: Sendable, Equatable {
    case yes(String)
    case no(String)
    /// It does not arise: nothing of the kind was in use.
    case idle
    /// Nobody has tried, or what was tried told nothing.
    case unknown
  }

  /// Experiments that can answer it; none when the control alone does.
  var variations: @Sendable (Evidence) -> [Variation]
  var answer: @Sendable (Evidence) -> Answer

  typealias Choice = @Sendable (Control) -> Variation?

  /// The failure goes away with the variation.
  static func goes(with choice: @escaping Choice) -> Criterion { flips(on: { choice($0.control) }) }

  /// The failure is the same with the variation; idle where there is nothing to vary.
  static func stays(with choice: @escaping Choice) -> Criterion {
    keeps(on: { choice($0.control) }, without: .idle)
  }

  /// The same with a variation that earlier experiments chose; nobody has tried while there is none.
  static func flips(on choice: @escaping @Sendable (Evidence) -> Variation?) -> Criterion {
    Criterion(variations: { choice($0).map { [$0] } ?? [] }) { evidence in
      guard let variation = choice(evidence) else { return .unknown }
      switch evidence.effect(of: variation) {
      case .gone: return .yes(evidence.sentence(on: variation))
      case .same: return .no(evidence.sentence(on: variation))
      case .other, .unclear, .impossible, .observed, nil: return .unknown
      }
    }
  }

  static func keeps(
    on choice: @escaping @Sendable (Evidence) -> Variation?, without none: Answer = .unknown
  ) -> Criterion {
    Criterion(variations: { choice($0).map { [$0] } ?? [] }) { evidence in
      guard let variation = choice(evidence) else { return none }
      switch evidence.effect(of: variation) {
      case .gone: return .no(evidence.sentence(on: variation))
      case .same: return .yes(evidence.sentence(on: variation))
      case .other, .unclear, .impossible, .observed, nil: return .unknown
      }
    }
  }

  static func goes(with variation: Variation) -> Criterion { goes { _ in variation } }
  static func stays(with variation: Variation) -> Criterion { stays { _ in variation } }

  /// Something that the control shows by itself.
  static func seen(
    _ yes: String, not no: String, _ test: @escaping @Sendable (Control) -> Bool
  ) -> Criterion {
    Criterion(variations: { _ in [] }) { test($0.control) ? .yes(yes) : .no(no) }
  }

  /// What the server says in refusing, by its own words.
  static func said(_ meaning: String) -> Criterion {
    Criterion(variations: { _ in [] }) { evidence in
      guard let refusal = evidence.control.refusal else { return .unknown }
      return .yes("the server says that \(meaning): \(refusal.quoted)")
    }
  }

  /// Something that the control may show against it; that it does not is the first symptom, and speaks for
  /// nothing.
  static func unless(_ no: String, _ test: @escaping @Sendable (Control) -> Bool) -> Criterion {
    Criterion(variations: { _ in [] }) { test($0.control) ? .no(no) : .idle }
  }

  /// Something that the variant shows beside its outcome.
  ///
  /// A variant that came out now so, now so, or in other segments than were meant, shows nothing of
  /// its variation.
  static func shown(
    with choice: @escaping Choice, _ read: @escaping @Sendable (Evidence, Trace) -> Answer
  ) -> Criterion {
    Criterion(variations: { choice($0.control).map { [$0] } ?? [] }) { evidence in
      guard let variation = choice(evidence.control), let trace = evidence.trace(with: variation)
      else {
        return .unknown
      }
      switch evidence.effect(of: variation) {
      case .gone, .same, .other: return read(evidence, trace)
      case .unclear, .impossible, .observed, nil: return .unknown
      }
    }
  }
}

extension Evidence {
  /// `with --pipelining off the failure disappears (4 of 4; the control failed 6 of 6 times)`, by the counts that
  /// the table of experiments shows.
  func sentence(on variation: Variation) -> String {
    guard let experiment = experiments[variation], let effect = experiment.effect else {
      return "\(variation.phrase) nothing was tried"
    }
    let tries = experiment.outcomes.count
    if experiment.isOutwaited, let after = experiment.waits.text(of: .gaveUp) {
      return "\(variation.phrase) no reply comes, and the server gives up \(after)"
    }
    let reply = control.group == .greeting ? "the greeting" : "the missing reply"
    let pause = experiment.waits.text(of: .reply).map { "; \(reply) comes \($0)" } ?? ""
    let failed = experiment.controls.count { $0.status != .ok }
    let failures = "the control failed \(failed) of \(experiment.controls.count) times"
    switch effect {
    case .gone:
      return "\(variation.phrase) the failure disappears"
        + " (\(experiment.gone) of \(tries); \(failures))\(pause)"
    case .same: return "\(variation.phrase) the failure stays (\(experiment.same) of \(tries))"
    case .other:
      let what = experiment.outcomes.first.map(\.text) ?? "something else"
      return "\(variation.phrase) another failure comes, \(what)"
    case .unclear:
      return "\(variation.phrase) the failure disappears"
        + " \(experiment.gone) of \(tries) times: unclear"
    case .impossible: return "\(variation.phrase): \(experiment.obstacle ?? "could not be made")"
    case .observed:
      return "\(variation.phrase) \(experiment.observations.first?.text ?? "nothing is seen")"
    }
  }
}
