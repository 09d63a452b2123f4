package import Diagnosis
package import Lab
package import SessionTrace

extension Observation {
  /// What a verdict on a trace says, in the lab's terms; `exit` is the status the program ends with.
  package init(_ verdict: Verdict, on trace: Trace, exit: Int) {
    self.init(
      status: verdict.status.rawValue, stage: verdict.stage, custody: verdict.custody?.rawValue,
      pendingCommands: verdict.pending.commands, pendingAnswered: verdict.pending.answered,
      firstUnanswered: verdict.pending.firstUnanswered, ledger: verdict.ledger, exitCode: exit,
      violations: trace.violations.map(\.kind),
      hazards: Diagnosis.hazards(of: trace).map(\.id.rawValue),
      notes: trace.notes, policies: (trace.tlsPolicies ?? []).compactMap(\.result?.rawValue),
      duration: trace.duration)
  }

  /// Status and stage, as a report would put them.
  package var outcome: String { "\(status)@\(stage.rawValue)" }
}
