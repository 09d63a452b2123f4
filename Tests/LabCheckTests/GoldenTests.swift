import LabCheck
import Reporting
import TestSupport
import Testing

@Suite("Whole reports of checks")
struct GoldenTests {
  private static let formats = [
    (ReportFormat.text, "txt"), (.markdown, "md"), (.junit, "xml"), (.json, "json"),
  ]

  @Test("A check is as agreed", arguments: formats)
  func check(format: ReportFormat, ending: String) throws {
    try Golden().expect(
      format.render(Samples.report(Samples.results, missing: 2), style: .plain), "check.\(ending)")
  }

  @Test("A confusion matrix is as agreed", arguments: formats)
  func confusion(format: ReportFormat, ending: String) throws {
    try Golden().expect(
      format.render(ConfusionReportTests.report, style: .plain), "confusion.\(ending)")
  }
}
