import Diagnosis
import FoundationEssentials
import Reporting
import SessionTrace
import TestSupport
import Testing

@Suite("The JSON report")
struct JSONReportTests {
  @Test("Every report is valid by the schema that ships with it", arguments: Sample.all.dropLast())
  func schema(sample: Sample) async throws {
    let outcome = try await validate(
      ReportFormat.json.render(sample.report, style: .plain), by: ReportSchema.session)
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  @Test("A report that lacks a key of the contract is not valid by the schema")
  func schemaIsStrict() async throws {
    let text = String(
      decoding: ReportFormat.json.render(Sample.healthy.report, style: .plain), as: UTF8.self)
    for (found, replacement) in [
      ("\"custody\" : null", "\"custody_\" : null"), ("\"exit_code\" : 0", "\"exit_code\" : \"0\""),
      ("\"as_planned\" : null", "\"planned\" : null"), ("\"mss\" : 1448", "\"mss\" : 1448.5"),
    ] {
      #expect(text.contains(found))
      let outcome = try await validate(
        Array(text.replacing(found, with: replacement).utf8), by: ReportSchema.session)
      #expect(outcome.status == 1, "\(found)")
    }
  }

  @Test("A saved report, rendered again, is the same document", arguments: Sample.all)
  func renderedAgain(sample: Sample) throws {
    let document = ReportFormat.json.render(sample.report, style: .plain)
    let saved = try SavedReport(json: document)
    let again = SessionReport(tool: saved.tool, trace: saved.trace, verdict: saved.verdict)
    #expect(ReportFormat.json.render(again, style: .plain) == document)
  }

  @Test("A saved report gives back its trace and its verdict", arguments: Sample.all)
  func roundTrip(sample: Sample) throws {
    let saved = try SavedReport(json: ReportFormat.json.render(sample.report, style: .plain))
    #expect(saved.verdict == sample.report.verdict)
    #expect(saved.tool == sample.report.tool)
    // The log of segments compares its bound too, which is no part of what was recorded.
    #expect(saved.trace.segments.kept == sample.report.trace.segments.kept)
    var trace = saved.trace
    trace.segments = sample.report.trace.segments
    #expect(trace == sample.report.trace)
  }

  @Test(
    "A file that is no such report is refused with the place",
    arguments: [
      ("{", nil), ("[]", "(document): not of the type Dictionary<String, Any>"),
      (#"{"schema_version": 1}"#, "kind is missing"),
      (
        #"{"schema_version": 1, "kind": "sweep"}"#,
        "a report of kind \"sweep\", where one of kind \"session\" is needed"
      ),
      (
        #"{"schema_version": 2, "kind": "session"}"#,
        "schema_version 2 is newer than 1, the newest this smtpprobe reads"
      ), (#"{"schema_version": 1, "kind": "session"}"#, "tool is missing"),
    ] as [(String, String?)])
  func refusal(document: String, message: String?) {
    let error = #expect(throws: SavedReportError.self) {
      try SavedReport(json: Array(document.utf8))
    }
    if let message {
      #expect(error?.description == message)
    } else {
      #expect(error?.description.hasPrefix("not a JSON document: ") == true)
    }
  }

  @Test(
    "A value of the wrong kind is named by its path",
    arguments: [
      ("\"code\" : 354", "\"code\" : \"354\"", "replies[4].code: not of the type Int"),
      ("\"sender\" : \"\"", "\"from\" : \"\"", "envelope.sender is missing"),
      (
        "\"code\" : 354", "\"code\" : 9223372036854775807",
        "replies[4].code: a number that no session can reach"
      ), ("\"kind\" : \"finished\"", "\"kind\" : \"over\"", "ending.kind"),
    ])
  func wrongValue(found: String, replacement: String, message: String) {
    let text = String(
      decoding: ReportFormat.json.render(Sample.healthy.report, style: .plain), as: UTF8.self)
    #expect(text.contains(found))
    let error = #expect(throws: SavedReportError.self) {
      try SavedReport(json: Array(text.replacing(found, with: replacement).utf8))
    }
    #expect(error?.description.hasPrefix(message) == true, "\(error?.description ?? "none")")
  }

  @Test("Stages left open behind the stall are pending, not stalled")
  func stageStatus() {
    let report = Sample.stalledAfter513.report
    #expect(
      report.trace.stages.map(report.status(of:)) == [
        .ok, .ok, .ok, .ok, .stalled, .pending, .pending,
      ])
  }

  @Test("Fast Open is called accepted only when the kernel proves it")
  func fastOpen() {
    #expect(Sample.healthy.report.trace.fastOpenOutcome == .off)
    #expect(Sample.tailOfHugeBody.report.trace.fastOpenOutcome == .accepted)
    var trace = Sample.healthy.report.trace
    trace.options["fast_open"] = .text("cookie")
    #expect(trace.fastOpenOutcome == .requested)
    trace.snapshots[0].facts.fastOpenFailure = 3
    #expect(trace.fastOpenOutcome == .failed)
  }
}
