import Diagnosis
import FoundationEssentials
import Reporting
import TestSupport
import Testing

@testable import LabCheck

@Suite("The confusion matrix")
struct ConfusionReportTests {
  static let report = ConfusionReport(
    version: "1.2.3",
    results: [
      Samples.diagnosed(0, shows: [.resegBoundaryLoss, .rcptCalloutLateReplies], "A1! E2"),
      Samples.diagnosed(1, shows: [.resegBoundaryLoss], "E1"),
      Samples.diagnosed(2, shows: [.nulByteDrop], "-noCause"),
      Samples.diagnosed(3, shows: [], "P17!"),
      Samples.diagnosed(4, shows: [], nil),
    ], missing: 0, duration: 2_345_678)
  private let report = Self.report

  @Test("Has a line a run, a row an entry, what is not right, and the sum")
  func text() {
    let text = String(decoding: ReportFormat.text.render(report, style: .plain), as: UTF8.self)
    let head = """
                run                   wanted  told                         sessions  time
      right     family/first/a        A1 E1   A1 confirmed, E2 consistent  7         1.50 s

      """
    #expect(text.hasPrefix(head), "\(text)")
    #expect(text.contains("  A1 reseg-boundary-loss:        A1 confirmed x1, E1 consistent x1\n"))
    #expect(
      text.contains("  E1 rcpt-callout-late-replies:  A1 confirmed (at work too) x1\n"), "\(text)")
    #expect(text.contains("\nwrong  family/first-more/ab\n  wanted none, told P17 confirmed\n"))
    #expect(text.contains("  not diagnosed: no report came\n"))
    #expect(text.contains("  alone: smtpprobe diagnose lab:first --timeout 1s\n"))
    #expect(
      text.hasSuffix(
        "\n5 runs: 1 right, 1 twin, 1 missed, 0 doubtful, 1 wrong, 1 unplayed; 2.35 s\n"), "\(text)"
    )
  }

  @Test("Is sound unless something wrong was confirmed, or something was not diagnosed")
  func soundness() {
    var report = report
    #expect(!report.isSound)
    report.results.removeLast()
    #expect(!report.isSound)
    report.results.removeLast()
    #expect(report.isSound)
    report.missing = 1
    #expect(!report.isSound)
  }

  @Test(
    "Takes nothing for a diagnosis that is none",
    arguments: ["", "{}", "[]", #"{"kind": "diagnosis", "schema_version": 1}"#])
  func noDiagnosis(text: String) {
    #expect(DiagnosisResult(json: Array(text.utf8)) == nil)
  }

  @Test("Knows what only a busy machine can have made intermittent")
  func madeIntermittent() {
    var result = Samples.diagnosed(0, shows: [.resegBoundaryLoss], "-intermittent")
    #expect(result.isMadeIntermittent)
    result.truth.course = .changing
    #expect(!result.isMadeIntermittent)
    #expect(!Samples.diagnosed(0, shows: [.resegBoundaryLoss], "-noCause").isMadeIntermittent)
  }

  @Test("Names the entries that no run was recognised by, and those that no run shows")
  func entries() {
    #expect(codes(report.unrecognised) == "E1 F1")
    #expect(report.entriesWithoutRun.count == Catalogue.causes.count - 3)
    #expect(!report.entriesWithoutRun.contains(.nulByteDrop))
  }

  @Test("Is a page with a row for the runs of a fixture that are alike")
  func page() {
    var report = report
    report.results[1] = Samples.diagnosed(1, shows: report.results[0].truth.shows, "A1! E2")
    let page = String(decoding: ReportFormat.markdown.render(report, style: .colour), as: UTF8.self)
    #expect(page.hasPrefix("# Confusion matrix\n"))
    #expect(page.contains("\n## family\n\n| fixture | runs | wanted | told | class |\n"))
    let row = "| ` first ` | ` a, ab ` | ` A1 E1 ` | ` A1 confirmed, E2 consistent ` | ` right ` |"
    #expect(page.contains("\n\(row)\n"), "\(page)")
    #expect(page.contains("\n## other\n"))
    #expect(page.contains("Recognised in no run: E1 F1."))
  }

  @Test("As JUnit's XML fails by what is wrong, and skips what was missed")
  func junit() async throws {
    let document = ReportFormat.junit.render(report, style: .colour)
    let reader = """
      import sys, xml.etree.ElementTree as tree
      root = tree.fromstring(sys.stdin.buffer.read())
      print(*(root.get(n) for n in ("tests", "failures", "errors", "skipped")))
      for case in root.iter("testcase"):
          print(case.get("classname"), case.get("name"), *(c.tag for c in case))
      """
    let told = try await ChildProcess.run(["python3", "-c", reader], input: document)
    #expect(
      told.output == """
        5 1 1 2
        family/first a
        family/first ab skipped
        family/first-more a skipped
        family/first-more ab failure
        other/first-again a error

        """, "\(told.errors)")
  }

  @Test("As JSON holds the same")
  func json() throws {
    let document = ReportFormat.json.render(report, style: .plain)
    let told = try JSONDecoder().decode(Told.self, from: Data(document))
    #expect(told.kind == "confusion" && told.runs.map(\.id) == report.results.map(\.id))
    #expect(
      told.summary == [
        "runs": 5, "right": 1, "twin": 1, "missed": 1, "doubtful": 0, "wrong": 1, "unjudged": 0,
        "unplayed": 1, "not_diagnosed": 0, "duration_us": 2_345_678,
      ])
    #expect(told.runs.map(\.class) == ["right", "twin", "missed", "wrong", "unplayed"])
    #expect(told.runs[0].told?.causes.map(\.id).first == "reseg-boundary-loss")
    #expect(String(decoding: document, as: UTF8.self).contains(#""told" : null"#))
  }

  private struct Told: Decodable {
    struct Run: Decodable {
      struct Diagnosis: Decodable {
        struct Cause: Decodable { let id: String }
        let causes: [Cause]
      }

      let id: String
      let `class`: String
      let told: Diagnosis?
    }

    let kind: String
    let summary: [String: Int]
    let runs: [Run]
  }
}
