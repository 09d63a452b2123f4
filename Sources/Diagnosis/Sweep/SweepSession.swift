package import SessionTrace

/// One session of a sweep, told to ``Sweep``.
package struct SweepSession: Sendable, Equatable {
  package var value: Int
  package var outcome: SweepOutcome
  /// The session sent what its value says; one that could not says nothing about the value.
  package var isAsPlanned: Bool
  /// What the server said that wants no more of us now; `nil` where it let the session in.
  package var turnedAwayBy: String?
  /// Its number among the sessions of whoever makes it; `nil` where the sweep counts them.
  var number: Int?

  package init(
    value: Int, outcome: SweepOutcome, isAsPlanned: Bool = true, turnedAwayBy: String? = nil
  ) {
    self.value = value
    self.outcome = outcome
    self.isAsPlanned = isAsPlanned
    self.turnedAwayBy = turnedAwayBy
  }

  /// What `trace`, with its verdict, says about `value` of `option`.
  package init(value: Int, of option: SweepOption, trace: Trace, verdict: Verdict) {
    self.init(
      value: value,
      outcome: SweepOutcome(
        status: verdict.status, stage: verdict.stage, custody: verdict.custody),
      isAsPlanned: sendsAsPlanned(trace, value: value, of: option),
      turnedAwayBy: trace.turnedAwayBy?.quoted)
  }
}

/// Padding has a smallest envelope, and the kernel cuts what is longer than its segment.
private func sendsAsPlanned(_ trace: Trace, value: Int, of option: SweepOption) -> Bool {
  switch option {
  case .envelopeSize: trace.envelope.map { $0.size == value } ?? true
  case .split: trace.segments.kept.allSatisfy { $0.asPlanned != false }
  // A server that offers no TLS gets no hello.
  case .clienthelloSize:
    trace.commands.first { $0.stage == .tls }.map { $0.end - $0.start } == value
  case .messageSize, .lineLength, .recipients: true
  }
}
