package import SessionTrace

/// What an investigation found out, and what it did not.
package struct InvestigationConclusion: Sendable {
  /// What it all comes to.
  package enum Result: String, Codable, Sendable, CaseIterable {
    /// The control passes every time.
    case nothingWrong = "nothing_wrong"
    /// The control fails every time, and some cause is confirmed or consistent.
    case causeFound = "cause_found"
    /// The control fails every time, and nothing known explains it.
    case noCause = "no_cause"
    /// The control does not behave the same every time: no cause can be isolated.
    case intermittent
    /// It ended before the control was understood.
    case stopped

    /// The exit status of `diagnose` (manual, "Exit status").
    package var exitCode: Int {
      switch self {
      case .nothingWrong: 0
      case .causeFound: 1
      case .noCause, .intermittent, .stopped: 2
      }
    }
  }

  /// What was varied in every session, to get past the failures that others concluded on.
  package var base: [Variation] = []
  package var result: Result
  package var stop: InvestigationStop?
  /// Number of the connection from which on the server would have no more of us; `nil` where it did not
  /// end so.
  package var refusedFrom: Int?
  /// The controls' outcomes, in the order in which they ended.
  package var controls: [SweepOutcome]
  /// How many of them failed.
  package var controlsFailed: Int
  /// The first control that failed, or the first of all when none did.
  package var control: Control?
  /// In the order in which they were made.
  package var experiments: [Experiment]
  /// The best founded first; those that were never suspects are not among them.
  package var causes: [CauseFinding]

  /// What the server said to sessions side by side that it would not have; one at a time they went on.
  package var crowdWords: String?
  /// What the server said to a session by itself that it turned away, and the pause before each that it then
  /// let in; `nil` where it did not.
  package var rest: (words: String, pause: Microseconds)?
  /// How long everything took that came, and how long sessions waited therefore; `nil` where none ended.
  package var pace: Pace?

  /// Which sizes fail, where that was a question; `nil` elsewhere.
  package var measurement: Measurement?

  /// The confirmed causes, or where there are none all that are consistent.
  var best: [CauseFinding] {
    let confirmed = causes.filter { $0.grade == .confirmed }
    return confirmed.isEmpty ? causes.filter { $0.grade == .consistent } : confirmed
  }

  /// The best founded cause, where it is more than a suspicion.
  package var cause: CauseFinding? { causes.first { $0.grade <= .consistent } }

  /// The variation with which sessions get past this failure, and end at another one behind it.
  ///
  /// `nil` where a variation leads to a session that passes: then nothing else is wrong.
  package var wayPast: Variation? {
    let gone = experiments.filter { $0.effect == .gone }
    guard stop == nil, result == .causeFound || result == .noCause, let failure = control,
      !gone.contains(where: { $0.outcomes.contains { $0.status == .ok } })
    else { return nil }
    let steady = gone.filter { experiment in
      experiment.outcomes.allSatisfy {
        $0.isSameFailure(as: experiment.outcomes[0])
          && failure.isBefore($0, in: experiment.trace)
      }
    }
    // Further is better; among equals the first, which is the cheapest.
    let furthest = steady.map { $0.outcomes[0].stage }.max()
    return steady.first { $0.outcomes[0].stage == furthest }?.variation
  }
}
