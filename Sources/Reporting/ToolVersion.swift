import Diagnosis
package import SessionTrace

/// The version that reports carry.
package let toolVersion = "0.1.0"

/// When what the papers tell of was last looked at as a whole.
package let toolDate = "November 30, 2026"

extension SessionReport {
  /// The report on a trace, live or saved: judged here and now, from the trace alone.
  package init(of trace: Trace, expecting expectation: Expectation? = nil) {
    self.init(
      tool: ToolRecord(environment: trace.environment), trace: trace,
      verdict: Diagnosis.verdict(of: trace), expectation: expectation)
  }
}
