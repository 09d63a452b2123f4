package import SessionTrace

/// One session of a sweep, told to ``Sweep``.
package struct SweepSession: Sendable, Equatable {
  package var value: Int
  package var outcome: SweepOutcome
  /// The session sent what its value says; one that could not says nothing about the value.
  package var isAsPlanned: Bool
  /// The server said 421: it wants no more of us now.
  package var isTurnedAway: Bool
  /// What it said then.
  package var words: String?
  /// Its number among the sessions of whoever makes it; `nil` where the sweep counts them.
  var number: Int?

  package init(
    value: Int, outcome: SweepOutcome, isAsPlanned: Bool = true, isTurnedAway: Bool = false
  ) {
    self.value = value
    self.outcome = outcome
    self.isAsPlanned = isAsPlanned
    self.isTurnedAway = isTurnedAway
  }

  /// What `trace`, with its verdict, says about `value` of `option`.
  package init(value: Int, of option: SweepOption, trace: Trace, verdict: Verdict) {
    self.init(
      value: value,
      outcome: SweepOutcome(
        status: verdict.status, stage: verdict.stage, custody: verdict.custody),
      isAsPlanned: sendsAsPlanned(trace, value: value, of: option),
      isTurnedAway: trace.replies.contains { $0.code == 421 })
    words = trace.replies.first { $0.code == 421 }?.quoted
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
