import SessionOptions
import SessionTrace

/// What changes nothing about a session, and shows more of it.
extension Variation {
  /// `NOOP` sent into the silence when the session is over: what it sets free.
  package static let nudge = observing(
    .nudge, "after the silence", "when nudged by NOOP after the silence (--nudge)", cost: 2
  ) { $0.nudge = true }

  /// The same with a small time to live first: who acknowledges.
  ///
  /// Apart from ``nudge``, since it may take seconds and holds the `NOOP` up.
  package static let hops = observing(
    .hops, "counted", "with hops counted (--hops)", cost: 4
  ) { $0.hops = true }

  /// Named by what it shows, which is the name of the option too.
  private static func observing(
    _ kind: Experiment.Observation.Kind, _ value: String, _ phrase: String, cost: Double,
    ask: @escaping @Sendable (inout SessionOptions) -> Void
  ) -> Variation {
    Variation(
      name: kind.rawValue, value: value, phrase: phrase, cost: cost, observation: kind,
      controlValue: { $0.trace.hasOption(kind.rawValue) ? "on" : "off" },
      apply: { options, _ in ask(&options) })
  }
}
