package import SessionTrace

/// What an investigation is told, and what it asks for.
extension Investigation {
  /// What whoever runs the sessions has to tell.
  package enum Input: Sendable {
    case ended(Trial, Trace, Verdict)
    /// The variant cannot be made, and why.
    case impossible(Trial, String)
    /// No more sessions can be had.
    case stopped(InvestigationStop)
  }

  /// What is to be done.
  package enum Action: Sendable {
    /// Sessions that were asked for are still to come.
    case wait
    /// Run these, in this order; several at a time will do.
    case run([Trial])
    /// Nothing more is needed; sessions under way may be dropped.
    case conclude(InvestigationConclusion)
  }
}
