import Diagnosis
import Reporting
import SessionTrace
import TestSupport
import Testing

/// Words that would be something else in the place where they are written.
let hostileWords = [
  "\u{1B}[2J\u{1B}]0;title\u{7}", "\u{202E}gnp.exe", "::error file=a::no", "##[group]no", "]]>",
  "`code` @mention #1", "<script>alert(1)</script>", "\\xFF\\xFE", "a\nnot ok 2 - b", "a # SKIP b",
  "a | time=0s", "\"quoted\" 'single'", "back\\slash", "{{label}}", "%0A%25", "=1+1", "- --- ...",
  "\u{0}\u{85}\u{2028}", "--> <!--",
]

@Suite("Forms of a report for programs")
struct ProgramFormatTests {
  static let formats: [(ReportFormat, String)] = [
    (.junit, "xml"), (.tap, "tap"), (.nagios, "nagios"), (.prometheus, "prom"),
  ]

  @Test("Sessions are as agreed", arguments: formats)
  func sessions(format: ReportFormat, ending: String) throws {
    for sample in [Sample.healthy, .stalledAfter513, .hostile] {
      try Golden().expect(format.render(sample.report, style: .plain), "\(sample.name).\(ending)")
    }
  }

  @Test("Sweeps and diagnoses are as agreed", arguments: formats)
  func campaigns(format: ReportFormat, ending: String) throws {
    try Golden().expect(
      format.render(SavedSweepTests.reports[1], style: .plain), "sweep one size.\(ending)")
    let diagnosis = SampleDiagnosis.boundaryLoss
    try Golden().expect(
      format.render(diagnosis.report, style: .plain), "\(diagnosis.name).\(ending)")
  }

  /// A session in which everybody says that.
  private func report(_ words: String) -> SessionReport {
    var session = Session(words, arguments: ["smtpprobe", words])
    session.connect()
    session.greet()
    session.send(.mail, words, flight: 1, at: 95_200)
    session.receive(.mail, 550, [words], at: 127_000, wait: 31_800)
    session.trace.duration = 130_000
    let verdict = verdict(session.trace, .rejected, .mail, exit: 35, words, error: words)
    return Sample("hostile", session.trace, verdict).report
  }

  @Test("TAP has one line for one case, whatever it is called", arguments: hostileWords)
  func tap(words: String) {
    let text = String(
      decoding: ReportFormat.tap.render(report(words), style: .plain), as: UTF8.self)
    let lines = text.split(separator: "\n")
    #expect(lines.count { $0.hasPrefix("ok") || $0.hasPrefix("not ok") } == 1, "\(text)")
    #expect(text.utf8.allSatisfy { $0 == 0x0A || (0x20...0x7E).contains($0) })
    let name = lines[2].drop { $0 != "-" }
    #expect(name.replacing("\\#", with: "").contains("#") == false, "\(name)")
  }

  @Test("A plugin's line is one line, with one bar", arguments: hostileWords)
  func nagios(words: String) {
    let text = String(
      decoding: ReportFormat.nagios.render(report(words), style: .plain), as: UTF8.self)
    #expect(text.hasPrefix("SMTP CRITICAL - REJECTED at mail: "))
    #expect(text.count { $0 == "\n" } == 1 && text.last == "\n")
    #expect(text.count { $0 == "|" } == 1, "\(text)")
  }

  @Test("Metrics keep one sample a line", arguments: hostileWords)
  func prometheus(words: String) {
    let text = String(
      decoding: ReportFormat.prometheus.render(report(words), style: .plain), as: UTF8.self)
    for line in text.split(separator: "\n") where !line.hasPrefix("# ") {
      #expect(
        line.wholeMatch(of: /[a-z_]+\{([a-z]+="([^"\\]|\\["\\])*",?)+\} [0-9.]+/) != nil,
        "\(line)")
    }
  }

  @Test(
    "A plugin ends with 0 to 3",
    arguments: [
      (SessionStatus.ok, 0, nil, 0), (.deferred, 41, nil, 1), (.rejected, 35, nil, 2),
      (.stalled, 15, nil, 2), (.unreachable, 20, nil, 2), (.interrupted, 130, nil, 3),
      (.internalError, 70, nil, 3), (.stalled, 15, "stalled@mail", 0), (.ok, 0, "stalled", 2),
    ] as [(SessionStatus, Int, String?, Int)])
  func status(status: SessionStatus, exit: Int, expected: String?, code: Int) {
    let trace = Sample.healthy.report.trace
    let report = SessionReport(
      tool: Sample.healthy.report.tool, trace: trace,
      verdict: verdict(trace, status, .mail, exit: exit, "words"),
      expectation: expected.flatMap { Expectation($0) })
    #expect(ReportFormat.nagios.exitCode(for: report) == code)
    #expect(ReportFormat.text.exitCode(for: report) == nil)
  }
}

@Suite("What was expected of a session")
struct ExpectationTests {
  private func report(_ expected: String?) -> SessionReport {
    let sample = Sample.stalledAfter513.report
    return SessionReport(
      tool: sample.tool, trace: sample.trace, verdict: sample.verdict,
      expectation: expected.flatMap { Expectation($0) })
  }

  @Test(
    "A report says which status the process ends with, and why",
    arguments: [
      (nil, 15, "exit status 15\n"),
      ("stalled@mail", 0, "exit status 0, as expected: stalled@mail; the session's own is 15\n"),
      (
        "ok", 1,
        "exit status 1, stalled@mail, where ok was expected; the session's own is 15\n"
      ),
    ] as [(String?, Int, String)])
  func words(expected: String?, code: Int, line: String) {
    let report = report(expected)
    let text = String(decoding: ReportFormat.text.render(report, style: .plain), as: UTF8.self)
    #expect(report.exitCode == code)
    #expect(text.contains("  " + line), "\(text)")
  }

  @Test("A saved report still knows what was expected", arguments: ["stalled@mail", "ok", nil])
  func saved(expected: String?) throws {
    let bytes = ReportFormat.json.render(report(expected), style: .plain)
    #expect(try SavedReport(json: bytes).report.expectation?.description == expected)
  }

  @Test(
    "What is no status and stage is no expectation", arguments: ["", "@", "stall", "ok@", "ok@x"])
  func nonsense(text: String) {
    #expect(Expectation(text) == nil)
  }

  @Test(
    "A place of a report is a path, and a kind in front of it or at its end",
    arguments: [
      ("junit:/tmp/x", "/tmp/x", "junit"), ("-", "-", nil), ("json:-", "-", "json"),
      ("a:b.json", "a:b.json", "json"), ("a.b.JSON", "a.b.JSON", "json"),
      ("dir.md/x", "dir.md/x", nil),
    ] as [(String, String, String?)])
  func place(word: String, path: String, kind: String?) {
    let place = ReportPlace(word)
    #expect(place.path == path)
    #expect(place.format?.name == kind)
  }
}
