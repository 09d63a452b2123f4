import FoundationEssentials
import Reporting
import TestSupport
import Testing

@testable import LabCheck

@Suite("The report of a check")
struct CheckReportTests {
  @Test(
    "A run fails it by not being as wanted, or by being so against the list",
    arguments: [
      (0, CheckOutcome.asWanted, true), (1, .mismatch, false), (2, .mismatch, false),
      (3, .knownFailure, true), (4, .surprisePass, false),
    ])
  func outcomes(index: Int, outcome: CheckOutcome, isAsWanted: Bool) {
    let result = Samples.results[index]
    #expect(result.outcome == outcome)
    #expect(Samples.report([result]).isAsWanted == isAsWanted)
  }

  @Test("What was not played fails it")
  func missing() {
    #expect(!Samples.report([Samples.results[0]], missing: 1).isAsWanted)
  }

  @Test("The matrix has a line a run, then what went wrong, then the sum")
  func matrix() {
    let results = Samples.results.enumerated().map { index, result in
      var result = result
      if index == 1 { result.summary = "closed by the peer" }
      return result
    }
    let text = text(Samples.report(results, missing: 2), .plain)
    #expect(
      text == """
               run                   wanted        told          time
        ok     family/first/a        stalled@mail  stalled@mail  1.00 s
        FAIL   family/first/ab       ok@data       closed@dot    0.02 s
        FAIL   family/first-more/a   stalled@mail  (not played)  0.00 s
        known  family/first-more/ab  ok@data       reset@mail    1.00 s
        PASS   other/first-again/a   stalled@mail  stalled@mail  61.00 s

        FAIL  family/first/ab
          wanted ok@data, told closed@dot
          wanted exit 0, told 28
          told: closed by the peer
          alone: smtpprobe lab:first --timeout 1s

        FAIL  family/first-more/a
          cannot be played: Unknown option '--x'
          alone: smtpprobe lab:first-more --timeout 1s

        known  family/first-more/ab
          known: the kernel <5.10 & "older"
          wanted ok@data, told reset@mail
          told: reset at MAIL
          alone: smtpprobe lab:first-more --timeout 1s

        PASS  other/first-again/a
          comes out as wanted, but is on the list of known failures: not yet
          told: no reply to MAIL FROM
          alone: smtpprobe lab:first-again --timeout 1s

        7 runs: 1 as wanted, 2 mismatches, 1 known failure, 1 surprise pass, 2 not
          played; 2.35 s

        """)
  }

  @Test("Colour is there when it is asked for, and nowhere else")
  func colour() {
    let report = Samples.report([Samples.results[0], Samples.results[2]])
    #expect(text(report, .colour).contains("\u{1B}[1;31mFAIL"))
    #expect(!text(report, .plain).contains("\u{1B}"))
  }

  @Test("Markdown has the matrix and the sum")
  func markdown() {
    let page = String(
      decoding: ReportFormat.markdown.render(Samples.report(Samples.results), style: .colour),
      as: UTF8.self)
    #expect(page.hasPrefix("# Lab check\n\n**5 runs: 1 as wanted, 2 mismatches, "), "\(page)")
    let row = "| ` FAIL ` | ` family/first/ab ` | ` ok@data ` | ` closed@dot ` | ` 0.02 s ` |"
    #expect(page.contains("\n\(row)\n"), "\(page)")
  }

  @Test("JUnit's XML is well-formed whatever a server said, and counts like the matrix")
  func junit() async throws {
    let document = ReportFormat.junit.render(Samples.report(Samples.results), style: .colour)
    #expect(document.allSatisfy { $0 == 0x0A || (0x20...0x7E).contains($0) })
    let reader = """
      import sys, xml.etree.ElementTree as tree
      root = tree.fromstring(sys.stdin.buffer.read())
      print(root.tag, *(root.get(n) for n in ("tests", "failures", "errors", "skipped", "time")))
      for case in root.iter("testcase"):
          print(case.get("classname"), case.get("name"), case.get("time"),
                *("%s: %s" % (c.tag, c.get("message")) for c in case))
      print(list(root.iter("failure"))[0].text.splitlines()[3])
      """
    let told = try await ChildProcess.run(["python3", "-c", reader], input: document)
    #expect(
      told.output == #"""
        testsuites 5 2 1 1 63.024
        family/first a 1.004
        family/first ab 0.020 failure: wanted ok@data, told closed@dot
        family/first-more a 0.000 error: cannot be played: Unknown option '--x'
        family/first-more ab 1.000 skipped: known: the kernel <5.10 & "older"
        other/first-again a 61.000 failure: comes out as wanted, but is on the list of known failures: not yet
        told: ]]><a b='c'>&amp;\x1B[31m\x00\xE2\x80\xAE\xEF\xBF\xBE\xC2\x85\r\n\t\xF0\x9F\x92\xA3

        """#, "\(told.errors)")
  }

  @Test("JSON holds the same, every key in every run")
  func json() throws {
    let document = ReportFormat.json.render(
      Samples.report(Samples.results, missing: 2), style: .plain)
    let told = try JSONDecoder().decode(Told.self, from: Data(document))
    #expect(told.kind == "lab_check")
    #expect(
      told.summary == [
        "runs": 7, "as_wanted": 1, "mismatches": 2, "known_failures": 1, "surprise_passes": 1,
        "not_played": 2, "duration_us": 2_345_678,
      ])
    #expect(told.runs.map(\.outcome) == Samples.results.map(\.outcome.rawValue))
    #expect(told.runs.map(\.told) == Samples.results.map(\.told))
    #expect(told.runs.map(\.summary) == Samples.results.map(\.summary))
    #expect(String(decoding: document, as: UTF8.self).contains(#""told" : null"#))
  }

  private struct Told: Decodable {
    struct Run: Decodable {
      let id: String
      let outcome: String
      let told: String?
      let summary: String
    }

    let kind: String
    let summary: [String: Int]
    let runs: [Run]
  }

  private func text(_ report: CheckReport, _ style: TextStyle) -> String {
    String(decoding: ReportFormat.text.render(report, style: style), as: UTF8.self)
  }

  @Test(
    "A file's ending names the format",
    arguments: [
      ("txt", ReportFormat.text), ("XML", .junit), ("junit", .junit), ("json", .json),
      ("md", .markdown),
      ("pdf", nil),
    ])
  func endings(ending: String, format: ReportFormat?) {
    #expect(ReportFormat(fileEnding: ending) == format)
  }
}
