package import Diagnosis
package import SessionTrace

/// A session report read back from its JSON form.
///
/// The trace is all that a new verdict needs; the recorded verdict is kept to compare it with.
package struct SavedReport: Sendable, Equatable {
  package var tool: ToolRecord
  package var trace: Trace
  /// What the live run concluded.
  package var verdict: Verdict
  /// What the live run was to come to.
  package var expectation: Expectation?
  /// What was kept out of it.
  package var redaction: RedactionRecord

  /// Reads a report of this version or an older one.
  package init(json bytes: [UInt8]) throws(SavedReportError) {
    self = try SavedFile(json: bytes, kinds: [SessionReport.kind]).decode(SavedReport.self)
  }

  /// The report, judged anew.
  package var report: SessionReport {
    var report = SessionReport(
      tool: tool, trace: trace, verdict: Diagnosis.verdict(of: trace), expectation: expectation)
    report.redaction = redaction
    return report
  }
}

extension SavedReport: Decodable {
  private enum CodingKeys: String, CodingKey { case tool, verdict, expectation, redaction }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    tool = try container.decode(ToolRecord.self, forKey: .tool)
    verdict = try container.decode(Verdict.self, forKey: .verdict)
    expectation = try container.decodeIfPresent(ReportedExpectation.self, forKey: .expectation)
      .flatMap { Expectation($0.wanted) }
    redaction =
      try container.decodeIfPresent(RedactionRecord.self, forKey: .redaction) ?? RedactionRecord()
    // Its keys stand beside those of the report.
    trace = try Trace(from: decoder)
    trace.segmentsOmitted = max(0, trace.segmentsOmitted) &+ trace.segments.omitted
    trace.bound()
  }
}
