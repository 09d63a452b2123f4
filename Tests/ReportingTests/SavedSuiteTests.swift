import Reporting
import SessionTrace
import TestSupport
import Testing

@Suite("A saved suite")
struct SavedSuiteTests {
  static let report = SuiteReport(
    tool: Sample.healthy.report.tool, startedAt: "2026-11-21T10:02:11.204512Z", duration: 200_000,
    arguments: ["smtpprobe", "check", "suite.txt"], suite: "suite.txt",
    results: [
      SuiteResult(
        name: "takes mail", line: 1, report: Sample.healthy.report,
        arguments: ["smtpprobe", "mx.example.com"]),
      SuiteResult(
        name: "the wall", line: 3, report: Sample.stalledAfter513.report,
        arguments: ["smtpprobe", "mx.example.com", "--split", "513"]),
    ], missing: 0)

  private var text: String {
    String(decoding: ReportFormat.json.render(Self.report, style: .plain), as: UTF8.self)
  }

  @Test("is rendered again as it was, in every format")
  func renderedAgain() async throws {
    guard case .suite(let saved) = try SavedDocument(json: Array(text.utf8)) else {
      Issue.record("not taken for a suite")
      return
    }
    #expect(saved == Self.report && saved.exitCode == 15)
    for format in ReportFormat.all(of: .suite) {
      #expect(
        format.render(saved, style: .plain) == format.render(Self.report, style: .plain))
    }
    #expect(try await validate(Array(text.utf8), by: ReportSchema.suite).status == 0)
  }

  @Test(
    "is refused, with the place, where no suite writes such a file",
    arguments: [
      ("\"exit_code\" : 15,", "\"exit_code\" : 3000000000,", "cases[1].exit_code"),
      ("\"exit_code\" : 15,", "\"exit_code\" : -1,", "cases[1].exit_code"),
      ("\"exit_code\" : 15,", "\"exit_code\" : 256,", "cases[1].exit_code"),
      ("\"exit_code\" : 15,", "\"exit_code\" : 99999999999999999999,", "cases[1].exit_code"),
      ("\"missing\" : 0", "\"missing\" : -1", "missing"),
      ("\"line\" : 3", "\"line\" : \"3\"", "cases[1].line"),
      ("\"name\" : \"the wall\"", "\"names\" : 3", "cases[1].name is missing"),
    ])
  func refused(found: String, replacement: String, place: String) throws {
    let document = text.replacing(found, with: replacement, maxReplacements: 1)
    try #require(document != text, "\(text)")
    let error = #expect(throws: SavedReportError.self) {
      try SavedDocument(json: Array(document.utf8))
    }
    #expect(error?.description.hasPrefix(place) == true, "\(error?.description ?? "")")
  }
}
