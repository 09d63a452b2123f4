import Diagnosis
import Reporting
import Testing

@Suite("The digest of a diagnosis")
struct DiagnosisDigestTests {
  @Test(
    "Holds what its JSON form says, the best founded cause first", arguments: SampleDiagnosis.all)
  func reads(sample: SampleDiagnosis) throws {
    let report = sample.report
    let digest = try DiagnosisDigest(json: ReportFormat.json.render(report, style: .plain))
    #expect(digest.result == report.conclusion.result)
    #expect(digest.sessions == report.sessions.count && digest.duration == report.duration)
    #expect(digest.causes.allSatisfy { $0.grade <= .consistent })
    if report.conclusion.result == .causeFound {
      #expect(digest.causes.first?.id == report.conclusion.cause?.id)
    } else {
      #expect(digest.causes.isEmpty)
    }
  }

  @Test(
    "Is of a diagnosis, and of nothing else",
    arguments: [
      "", "{}", "[]", #"{"kind": "session", "schema_version": 1}"#,
      #"{"kind": "diagnosis", "schema_version": 1}"#,
      #"{"kind": "diagnosis", "schema_version": 99}"#,
      #"{"kind": "diagnosis", "schema_version": 1, "result": "bliss", "causes": [], "sessions": []}"#,
    ])
  func refuses(text: String) {
    #expect(throws: SavedReportError.self) { try DiagnosisDigest(json: Array(text.utf8)) }
  }
}
