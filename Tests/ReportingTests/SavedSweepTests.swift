import Diagnosis
import Reporting
import SessionTrace
import TestSupport
import Testing

@Suite("A saved sweep")
struct SavedSweepTests {
  private static let passed = SweepOutcome(status: .ok, stage: .data)
  private static let stalled = SweepOutcome(
    status: .stalled, stage: .mail, custody: .acknowledgedUnanswered)

  /// A sweep whose rows are these outcomes, from 510 up.
  private static func report(
    _ outcomes: [[SweepOutcome]], unplanned: Int = 0, stop: SweepStop? = nil,
    failure: SessionReport? = nil
  ) -> SweepReport {
    let plan = SweepPlan(option: .envelopeSize, range: 500...1100, sessionLimit: 90)
    let rows = SweepRow.judged(
      outcomes.enumerated().map {
        SweepRow(value: 510 + $0, outcomes: $1, unplanned: $1.isEmpty ? unplanned : 0)
      })
    var target = TargetRecord(given: "mx.example.com", host: "mx.example.com", port: 25)
    target.address = "192.0.2.25"
    return SweepReport(
      tool: Sample.healthy.report.tool, startedAt: "2026-11-21T10:02:11.204512Z",
      duration: 3_026_000, arguments: ["smtpprobe", "sweep"], target: target, plan: plan,
      rows: rows,
      conclusion: SweepConclusion(plan: plan, rows: rows, stop: stop), firstFailure: failure,
      notes: ["a note"])
  }

  static let reports: [SweepReport] = [
    report([[passed], [passed, passed], [passed]]),
    report(
      [[passed], Array(repeating: stalled, count: 3), [passed, passed]],
      failure: SessionReport(
        tool: Sample.stalledAfter513.report.tool, trace: Sample.stalledAfter513.report.trace,
        verdict: verdict(of: Sample.stalledAfter513.report.trace))),
    // The order of the first two decides which is shown.
    report([[stalled, passed], [passed, stalled], [], [passed]], unplanned: 2),
    report([[passed]], stop: .lockedOut), report([[stalled]], stop: .turnedAway),
    report([], stop: .unreachable),
    report([[passed]], stop: .signal),
  ]

  @Test("is rendered again as it was, in every format", arguments: reports)
  func renderedAgain(report: SweepReport) async throws {
    let json = ReportFormat.json.render(report, style: .plain)
    guard case .sweep(let saved) = try SavedDocument(json: json) else {
      Issue.record("not taken for a sweep")
      return
    }
    for format in [ReportFormat.text, .markdown, .json] {
      #expect(
        String(decoding: format.render(saved, style: .plain), as: UTF8.self)
          == String(decoding: format.render(report, style: .plain), as: UTF8.self))
    }
    #expect(saved.conclusion == report.conclusion)
    #expect(try await validate(json, by: ReportSchema.sweep).status == 0)
  }

  @Test("is judged anew, whatever conclusion the file gives")
  func judgedAnew() throws {
    let text = String(
      decoding: ReportFormat.json.render(Self.reports[1], style: .plain), as: UTF8.self)
    let forged = text.replacing("\"exit_code\" : 1,", with: "\"exit_code\" : 0,")
      .replacing("\"kind\" : \"isolated\"", with: "\"kind\" : \"nothing\"")
    #expect(forged != text)
    let saved = try SavedDocument(json: Array(forged.utf8))
    guard case .sweep(let report) = saved else {
      Issue.record("not taken for a sweep")
      return
    }
    #expect(report.conclusion.exitCode == 1 && report.conclusion.kind == .isolated)
  }

  @Test(
    "is refused where no sweep writes such a file",
    arguments: [
      ("\"to\" : 1100", "\"to\" : 99999999999", "range"),
      ("\"from\" : 500", "\"from\" : 0", "range"),
      ("\"from\" : 500", "\"from\" : 2000", "range"),
      ("\"to\" : 1100", "\"to\" : 16000000", nil),
      ("\"exhaustive\" : false", "\"exhaustive\" : 3", "exhaustive"),
      ("\"value\" : 510", "\"value\" : 5", "rows"), ("\"value\" : 510", "\"value\" : 511", "rows"),
      ("\"times\" : 3", "\"times\" : 1000000000", "rows"),
      ("\"times\" : 3", "\"times\" : 0", "rows"),
      ("\"unplanned\" : 0", "\"unplanned\" : -1", "rows"), ("1448,", "1,", "segment_sizes"),
      ("\"outcomes\" :", "\"outcome\" :", "rows[0].outcomes is missing"),
      ("\"stopped\" : null", "\"stopped\" : \"noon\"", "stopped"),
      ("\"option\" : \"envelope_size\"", "\"option\" : \"colour\"", "option"),
      ("\"rtt_us\" : 31200", "\"rtt_us\" : \"x\"", "first_failure_session"),
    ] as [(String, String, String?)])
  func refused(found: String, replacement: String, reason: String?) throws {
    let text = String(
      decoding: ReportFormat.json.render(Self.reports[1], style: .plain), as: UTF8.self)
    #expect(text.contains(found), "\(text)")
    let document = Array(text.replacing(found, with: replacement).utf8)
    guard let reason else {
      _ = try SavedDocument(json: document)
      return
    }
    let error = #expect(throws: SavedReportError.self) { try SavedDocument(json: document) }
    #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
  }

  @Test("says which kinds can be rendered again")
  func otherKind() {
    let document = Array(#"{"schema_version": 1, "kind": "comparison"}"#.utf8)
    let error = #expect(throws: SavedReportError.self) { try SavedDocument(json: document) }
    #expect(
      error?.description
        == "a report of kind \"comparison\", where one of kind \"session\", \"domain\","
        + " \"sweep\", \"diagnosis\" or \"suite\" is needed")
  }

  @Test("is cut anywhere without harm")
  func cuts() {
    let document = ReportFormat.json.render(Self.reports[0], style: .plain)
    for end in stride(from: 0, to: document.count - 2, by: 7) {
      #expect(throws: SavedReportError.self) {
        try SavedDocument(json: Array(document.prefix(end)))
      }
    }
  }
}
