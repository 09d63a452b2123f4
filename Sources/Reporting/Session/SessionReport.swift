package import Diagnosis
package import SessionTrace

/// All that is said of one session: the trace, what follows from it, and what to do about it.
///
/// Renderers take nothing else, so text, Markdown and JSON of a session cannot contradict each other.
package struct SessionReport: Sendable, Equatable {
  /// What made the trace.
  package var tool: ToolRecord
  package var trace: Trace
  package var verdict: Verdict
  package var hazards: [Hazard]
  /// What the sender's own host has to do with the verdict.
  package var hostFindings: [EnvironmentFinding]
  package var advice: [Advice]
  /// What Postfix, Exim and swaks would have said.
  package var phrases: Phrases
  /// What it was to come to; `nil` where nobody said.
  package var expectation: Expectation?
  /// What was kept out of all of this.
  package var redaction = RedactionRecord()

  /// A report on `trace` under `verdict`;
  /// all else follows from these two.
  package init(
    tool: ToolRecord, trace: Trace, verdict: Verdict, expectation: Expectation? = nil
  ) {
    self.tool = tool
    self.trace = trace
    self.verdict = verdict
    self.expectation = expectation
    self.hazards = Diagnosis.hazards(of: trace)
    self.hostFindings = environmentFindings(of: trace, verdict: verdict)
    self.advice = Diagnosis.advice(on: trace, verdict: verdict)
    self.phrases = Phrases(of: trace, verdict: verdict)
  }
}

/// The program that made a trace, and what it stood on.
package struct ToolRecord: Codable, Sendable, Equatable {
  /// `smtpprobe`.
  package var name: String
  package var version: String
  /// `nil` where the trace does not tell.
  package var gnutls: String?
  /// `uname -r`; `nil` where the trace does not tell.
  package var kernel: String?

  /// The tool of this build, on the host that `environment` describes.
  package init(version: String = toolVersion, environment: EnvironmentRecord) {
    self.name = "smtpprobe"
    self.version = version
    self.gnutls = environment.gnutls.isEmpty ? nil : environment.gnutls
    self.kernel = environment.kernel.isEmpty ? nil : environment.kernel
  }
}
