import Diagnosis
import Reporting
import SessionTrace
import Testing

@Suite("A saved diagnosis")
struct SavedDiagnosisTests {
  private func json(_ sample: SampleDiagnosis) -> [UInt8] {
    ReportFormat.json.render(sample.report, style: .plain)
  }

  private func diagnosis(in document: [UInt8]) throws -> DiagnosisReport? {
    if case .diagnosis(let report) = try SavedDocument(json: document) { report } else { nil }
  }

  @Test("is rendered again as it was, in every format", arguments: SampleDiagnosis.all)
  func renderedAgain(sample: SampleDiagnosis) throws {
    let saved = try #require(try diagnosis(in: json(sample)))
    for format in [ReportFormat.text, .markdown, .json] {
      for style in [TextStyle.plain, .colour] {
        #expect(
          String(decoding: format.render(saved, style: style), as: UTF8.self)
            == String(decoding: format.render(sample.report, style: style), as: UTF8.self))
      }
    }
    #expect(saved.given == sample.report.given)
  }

  @Test(
    "fills remedies in for whom the target names",
    arguments: [
      ("mx.example.com", "<domain>"), ("mx:example.net", "example.net"),
      ("user@example.org", "example.org"), ("a@b@example.org", "example.org"),
      ("lab:a@b", "<domain>"), ("unix:/a@b", "<domain>"), ("user@ex;ample", "<domain>"),
    ])
  func domain(given: String, domain: String) throws {
    var report = SampleDiagnosis.unreachable.report
    report.target.given = given
    let json = String(decoding: ReportFormat.json.render(report, style: .plain), as: UTF8.self)
      .replacing("\"id\" : \"syn-filtered\"", with: "\"id\" : \"dane-failure\"")
    let saved = try #require(try diagnosis(in: Array(json.utf8)))
    let text = String(decoding: ReportFormat.text.render(saved, style: .plain), as: UTF8.self)
    #expect(text.contains("smtp_tls_policy_maps = inline:{\(domain)=may}"), "\(text)")
  }

  @Test(
    "does not believe what follows from something else",
    arguments: [
      ("\"exit_code\" : 1,\n  \"experiments\"", "\"exit_code\" : 0,\n  \"experiments\""),
      ("\"setting\" : \"hosts_avoid_pipelining = mx.example.com\"", "\"setting\" : \"hosts = *\""),
      ("\"title\" : \"A firewall", "\"title\" : \"No firewall"),
      ("\"summary\" : \"A firewall", "\"summary\" : \"No firewall"),
      ("\"status\" : \"stalled\",\n      \"summary\"", "\"status\" : \"ok\",\n      \"summary\""),
      ("\"failed\" : 14,\n    \"outcomes\"", "\"failed\" : 914,\n    \"outcomes\""),
      ("\"kind\" : \"isolated\"", "\"kind\" : \"nothing\""),
      ("\"result\" : \"fails\"", "\"result\" : \"passes\""),
      ("\"from\" : 513,\n          \"tested\"", "\"from\" : 500,\n          \"tested\""),
      ("\"sentence\" : \"envelopes of 513", "\"sentence\" : \"envelopes of 5"),
    ])
  func judgedAnew(found: String, replacement: String) throws {
    let text = String(decoding: json(.boundaryLoss), as: UTF8.self)
    #expect(text.contains(found))
    let forged = try #require(
      try diagnosis(in: Array(text.replacing(found, with: replacement).utf8)))
    #expect(
      String(decoding: ReportFormat.json.render(forged, style: .plain), as: UTF8.self) == text)
  }

  @Test(
    "is refused, with the place, where no diagnosis writes such a file",
    arguments: [
      ("\"result\" : \"cause_found\"", "\"result\" : \"nothing_wrong\"", "result: nothing_wrong"),
      ("\"result\" : \"cause_found\"", "\"result\" : \"no_cause\"", "result: no_cause"),
      ("\"result\" : \"cause_found\"", "\"result\" : \"guessed\"", "result: "),
      ("\"grade\" : \"con", "\"grade\" : \"excluded\", \"was\" : \"con", "result: cause_found"),
      ("\"nudge_reading\" : \"own_reply\"", "\"nudge_reading\" : 1", "experiments["),
      ("\"missing_replies\" : 23", "\"missing_replies\" : null", "experiments["),
      ("\"grade\" : \"confirmed\"", "\"grade\" : \"certain\"", "causes[n].grade"),
      ("\"gone\" : 4", "\"gone\" : -4", "experiments[n].counts: not as many"),
      ("\"gone\" : 4", "\"gone\" : 3", "experiments[n].counts: not as many"),
      ("\"stalled@mail\" : 5", "\"stalled@mail\" : 0", "experiments[n].counts.control: outcomes"),
      ("\"stalled@mail\" : 5", "\"stalled@noon\" : 5", "experiments[n].counts.control: outcomes"),
      (
        "\"stalled@mail\" : 5", "\"stalled@mail\" : 9007199254740991",
        "experiments[n].counts.control: outcomes"
      ),
      ("\"effect\" : \"same\"", "\"effect\" : \"alike\"", "experiments[n].effect"),
      ("\"chance\" : null", "\"chance\" : 1.5", "experiments[n].chance: no probability"),
      ("\"stopped\" : null", "\"stopped\" : \"noon\"", "stopped"),
      ("\"knob\" : null", "\"knob\" : 3", "sessions[n].knob"),
      ("\"because\" :", "\"why\" :", "causes[n].because is missing"),
      ("\"further\" : [\n\n  ]", "\"further\" : null", "further: null"),
      (
        "\"base\" : [\n\n      ],\n      \"because\"", "\"base\" : [\"x\"], \"because\"",
        "causes: a base"
      ),
      (
        "\"base\" : [\n\n      ],\n      \"chance\"", "\"base\" : [\"x\"], \"chance\"",
        "experiments: a base"
      ),
      ("\"rtt_us\" : 31200", "\"rtt_us\" : \"x\"", "control."),
      (
        "\"failed\" : 14,\n          \"result\"", "\"failed\" : 15,\n          \"result\"",
        "measurements: sizes"
      ),
      ("\"value\" : 514", "\"value\" : 512", "measurements: sizes"),
      ("\"value\" : 514", "\"value\" : 5140", "measurements: sizes"),
      ("\"tries\" : 3", "\"tries\" : 1000000000", "measurements: sizes"),
    ])
  func refused(found: String, replacement: String, reason: String) {
    let text = String(decoding: json(.boundaryLoss), as: UTF8.self)
    #expect(text.contains(found), "\(text)")
    let document = Array(text.replacing(found, with: replacement).utf8)
    let error = #expect(throws: SavedReportError.self) { try SavedDocument(json: document) }
    let told = error?.description.replacing(/\[[0-9]+\]/, with: "[n]") ?? ""
    #expect(told.hasPrefix(reason), "\(told)")
  }

  @Test("is cut anywhere without harm")
  func cuts() {
    let document = json(.interrupted)
    for end in stride(from: 0, to: document.count - 2, by: 31) {
      #expect(throws: SavedReportError.self) {
        try SavedDocument(json: Array(document.prefix(end)))
      }
    }
  }

  /// What a hostile file may hold in the place of any value.
  static let values = [
    "0", "-1", "9007199254740991", "1.5", "null", "true", "[]", "{}", "\"\"", "\"421\"",
    #""\u001b[31m</pre>|`````\u202e\n# h""#,
  ]

  @Test("with any value in the place of any is refused, or safe to show", arguments: values)
  func mutations(value: String) {
    for sample in [SampleDiagnosis.outOfSessions, .twoFaults] {
      let lines = String(decoding: json(sample), as: UTF8.self).split(
        separator: "\n", omittingEmptySubsequences: false)
      // One line in three, each with one of the values: all pairs would take minutes.
      let start = 3 * (Self.values.firstIndex(of: value) ?? 0)
      for number in stride(from: start, to: lines.count, by: 3 * Self.values.count) {
        guard let line = mutation(of: lines[number], value) else { continue }
        let document = (lines[..<number] + [line] + lines[(number + 1)...]).joined(separator: "\n")
        guard let document = try? SavedDocument(json: Array(document.utf8)) else { continue }
        guard case .diagnosis(let report) = document else { continue }
        for format in [ReportFormat.text, .markdown] {
          let shown = format.render(report, style: .plain)
          #expect(shown.allSatisfy { $0 == 0x0A || (0x20...0x7E).contains($0) }, "\(line)")
          if format == .markdown { expectSafe(markdown: shown) }
        }
      }
    }
  }

  /// The line of a JSON document with another value; `nil` where it holds none.
  private func mutation(of line: Substring, _ value: String) -> Substring? {
    guard let last = line.last, !"{[".contains(last) else { return nil }
    let end = last == "," ? "," : ""
    if let colon = line.firstRange(of: " : ") {
      return line[..<colon.upperBound] + value + end
    }
    guard line.contains(where: { !" ]},".contains($0) }) else { return nil }
    return Substring(value + end)
  }

  @Test("is told from a session, and gives the one that is its control")
  func control() throws {
    let document = try SavedDocument(json: json(.boundaryLoss))
    #expect(document.session?.options["split"] == .text("513"))
    #expect(document.role == "the control")
    #expect(try SavedDocument(json: json(.nothing)).session == nil)
    let error = #expect(throws: SavedReportError.self) { try SavedReport(json: json(.silence)) }
    #expect(error?.description.contains("kind \"diagnosis\"") == true)
  }
}
