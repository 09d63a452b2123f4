package import Diagnosis
package import SessionTrace

/// One session of a diagnosis, as much of it as stands in the report.
package struct DiagnosedSession: Sendable, Equatable {
  /// In the order in which the sessions were asked for, from 1.
  package var number: Int
  /// What it varies; `nil` for a control.
  package var knob: Knob?
  /// What was turned before, to get past the failures in front.
  package var base: [Knob]
  package var status: SessionStatus
  package var stage: Stage
  package var custody: Custody?
  package var waited: Microseconds
  package var duration: Microseconds
  package var ledger: Ledger

  /// The session that was run for `trial`.
  package init(_ trial: Trial, _ trace: Trace, _ verdict: Verdict) {
    number = trial.number
    knob = trial.knob
    base = trial.base
    status = verdict.status
    stage = verdict.stage
    custody = verdict.custody
    waited = verdict.waited
    duration = trace.duration
    ledger = verdict.ledger
  }
}
