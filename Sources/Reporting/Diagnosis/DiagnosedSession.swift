package import Diagnosis
package import SessionTrace

/// One session of a diagnosis, as much of it as stands in the report.
package struct DiagnosedSession: Sendable, Equatable, Codable {
  /// In the order in which the sessions were asked for, from 1.
  package let number: Int
  /// What it varies, `envelope_size`; `nil` for a control.
  package let variation: String?
  /// The value of that, `512`; `nil` for a control.
  package let variant: String?
  /// What was varied besides, to get past the failures in front, a phrase each.
  package let base: [String]
  package let status: SessionStatus
  package let stage: Stage
  package let custody: Custody?
  /// How long it would have waited for each reply; `nil` where that is the user's own wait.
  package let wait: Microseconds?
  package let waited: Microseconds
  package let duration: Microseconds
  package let ledger: Ledger

  private enum CodingKeys: String, CodingKey {
    case number, variant, base, status, stage, custody, ledger
    case variation = "knob"
    case wait = "wait_us"
    case waited = "waited_us"
    case duration = "duration_us"
  }

  /// The session that was run for `trial`.
  package init(_ trial: Trial, _ trace: Trace, _ verdict: Verdict) {
    number = trial.number
    variation = trial.variation?.name
    variant = trial.variation?.value
    base = trial.base.map(\.phrase)
    status = verdict.status
    stage = verdict.stage
    custody = verdict.custody
    wait = trial.variation?.wait ?? trial.wait
    waited = verdict.waited
    duration = trace.duration
    ledger = verdict.ledger
  }

  /// Whether it is one as its user gave it.
  var isControl: Bool { variation == nil }
}
