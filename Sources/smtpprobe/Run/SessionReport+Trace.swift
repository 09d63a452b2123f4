import Diagnosis
import Reporting
import SessionTrace

/// The report on a trace, live or saved: judged here and now, from the trace alone.
func sessionReport(on trace: Trace) -> SessionReport {
  SessionReport(
    tool: ToolRecord(version: toolVersion, environment: trace.environment), trace: trace,
    verdict: verdict(of: trace))
}
