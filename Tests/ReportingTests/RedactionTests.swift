import Diagnosis
import Reporting
import SessionTrace
import Testing

@Suite("Redaction")
struct RedactionTests {
  /// A session that names everything that there is to keep out.
  private static let report: SessionReport = {
    var report = Sample.stalledAfter513.report
    report.trace.arguments = [
      "/home/anna/bin/smtpprobe", "mx.example.com", "--data=/home/anna/secret letter.eml", "--from",
      "anna@firm.example",
      "--to", "bob@customer.example", "--split", "513",
    ]
    report.trace.target.address = "2001:db8:4::25"
    report.trace.attempts[0].address = "2001:db8:4::25"
    report.trace.replies[1].lines[0] =
      "mx.example.com Hello nat-7.isp.example [203.0.113.77], see support.example.com"
    report.trace.envelope?.sender = "anna@firm.example"
    return report
  }()

  private static let redactor = Redactor(mode: .local, own: ["workbench.firm.example", "anna"])

  private func text(_ mode: RedactionMode, _ format: ReportFormat) throws -> String {
    var redactor = Self.redactor
    redactor.mode = mode
    let document = try #require(redactor.redacted(Self.report))
    return String(decoding: format.document(document) ?? [], as: UTF8.self)
  }

  private static let local = [
    "probe.example.org", "198.51.100.7", "203.0.113.77", "nat-7.isp.example", "/home/anna",
    "secret letter",
  ]
  private static let others = [
    "mx.example.com", "example.com", "2001:db8:4::25", "firm.example", "bob@", "customer.example",
  ]
  private static let written = ReportFormat.all(of: .session)

  @Test("keeps what is ours out of every format", arguments: written)
  func local(format: ReportFormat) throws {
    let text = try text(.local, format)
    for word in Self.local { #expect(!text.contains(word), "\(word)") }
    if format == .json || format == .text { #expect(text.contains("mx.example.com")) }
  }

  @Test("keeps both sessions of a comparison clean, and finds no difference in its stand-ins")
  func comparison() throws {
    let sides = [Sample.stalledAfter513, .healthy].map {
      ComparisonDocument.Side(name: "/home/anna/a.json", trace: $0.report.trace)
    }
    let plain = ComparisonDocument(sides[0], sides[1])
    for mode in [RedactionMode.local, .all] {
      var redactor = Self.redactor
      redactor.mode = mode
      let redacted = try #require(redactor.redacted(plain) as? ComparisonDocument)
      #expect(
        redacted.comparison.differences.map(\.what) == plain.comparison.differences.map(\.what))
      for format in ReportFormat.all(of: .comparison) {
        let text = String(decoding: format.document(redacted) ?? [], as: UTF8.self)
        #expect(!text.contains("/home/anna") && !text.contains("probe.example.org"))
        #expect(mode == .local || !text.contains("mx.example.com"))
      }
    }
  }

  @Test("keeps the people and places of a log line out of what is explained")
  func logLine() throws {
    let text =
      "2026-11-29 10:00:00 1abcDE-000000-FG H=mx.example.com [192.0.2.25]: SMTP error from"
      + " remote mail server after pipelined MAIL FROM:<anna@firm.example> SIZE=9: 451 try later"
    let line = try #require(LogLine(text))
    var redactor = Self.redactor
    redactor.mode = .all
    let document = CatalogueDocument(entries: [], detail: .hits, logLine: line)
    let redacted = try #require(redactor.redacted(document))
    let shown = String(decoding: ReportFormat.text.document(redacted) ?? [], as: UTF8.self)
    for word in ["mx.example.com", "192.0.2.25", "anna@firm.example"] {
      #expect(!shown.contains(word), "\(shown)")
    }
  }

  @Test(
    "keeps out what nothing but a note names",
    arguments: [
      (
        "mail for mx.example.com goes to a1.mxhost.example: smtpprobe mx:mx.example.com asks",
        "mxhost"
      ),
      ("a2.mxhost.example is passed over: its TLSA records are bogus", "a2.mxhost"),
      ("in.mxhost.example is an alias (CNAME) of real.place.example; RFC 5321 wants", "real.place"),
      ("--to carol@elsewhere.example is from SMTPPROBE_TO", "carol@elsewhere"),
      (#"\x1Bevil.mxhost.example has no address: 203.0.113.9"#, "evil"),
      ("the one at [2001:db8:77::1]:25 was asked", "2001:db8:77::1"),
    ])
  func notes(note: String, private word: String) throws {
    var report = Self.report
    report.trace.notes = [note]
    var redactor = Self.redactor
    for mode in [RedactionMode.local, .all] {
      redactor.mode = mode
      // Saved as it was, and redacted when it is rendered again.
      let saved = try SavedDocument(json: ReportFormat.json.document(report) ?? [])
      guard case .session(let session) = saved else {
        Issue.record("not taken for a session")
        continue
      }
      let redacted = try #require(redactor.redacted(session.report) as? SessionReport)
      let shown = try #require(redacted.trace.notes.first)
      #expect(shown.contains(word) == (mode == .local), "\(shown)")
      #expect(shown.utf8.count == note.utf8.count)
    }
  }

  @Test(
    "keeps a file out that a note names",
    arguments: [
      ("/srv/people/anna.conf", "/xxx/xxxxxx/xxxx.xxxx"),
      ("/srv/people/carla smith/x.conf", "/xxx/xxxxxx/xxxxx xxxxx/x.xxxx"),
      ("/srv/a: b/carla.conf", "/xxx/x: x/xxxxx.xxxx"),
    ])
  func noteOfFile(path: String, standIn: String) throws {
    var report = Self.report
    report.trace.notes = ["--split 513 is from \(path):3"]
    let redacted = try #require(Self.redactor.redacted(report) as? SessionReport)
    #expect(redacted.trace.notes == ["--split 513 is from \(standIn):3"])
  }

  /// No session of the report says of itself that it went there.
  @Test("with all keeps out the address of another exchanger that a diagnosis tried")
  func otherExchanger() throws {
    let report = SampleDiagnosis.atAnotherAddress.report
    let phrases = report.experiments.map(\.variant)
    try #require(phrases.contains("203.0.113.99"), "\(phrases)")
    let redacted = try #require(Redactor(mode: .all).redacted(report))
    for format in ReportFormat.all(of: .diagnosis) {
      let text = String(decoding: format.document(redacted) ?? [], as: UTF8.self)
      #expect(!text.contains("203.0.113.99"), "\(format)")
    }
    let local = try #require(Redactor(mode: .local).redacted(report))
    let shown = String(decoding: ReportFormat.json.document(local) ?? [], as: UTF8.self)
    #expect(shown.contains("203.0.113.99"))
  }

  @Test(
    "leaves words alone that are no names",
    arguments: [
      "the message of 1.5 MB is over the server's SIZE limit of 1.000.000, e.g. RFC 5321 4.5.1.",
      "--capture: 12 packets recorded from interface eth0; none was lost",
    ])
  func plainNotes(note: String) throws {
    var report = Self.report
    report.trace.notes = [note]
    let redacted = try #require(Redactor(mode: .all).redacted(report) as? SessionReport)
    #expect(redacted.trace.notes == [note])
  }

  /// By that word the rest is known for a command line.
  @Test("leaves the program its name")
  func program() throws {
    let redacted = try #require(Self.redactor.redacted(Self.report) as? SessionReport)
    #expect(redacted.trace.arguments.first?.hasSuffix("/smtpprobe") == true)
    #expect(try text(.local, .text).contains("smtpprobe mx.example.com"))
  }

  @Test("with all keeps the envelope and the server out of every format too", arguments: written)
  func all(format: ReportFormat) throws {
    let text = try text(.all, format)
    for word in Self.local + Self.others { #expect(!text.contains(word), "\(word)") }
  }

  /// The command line is all that a suite has of its sessions.
  @Test(
    "keeps out whom the options of a suite's cases name",
    arguments: [
      (["--ehlo", "outhost.corp.example"], "outhost", RedactionMode.local),
      (["--helo=outhost.corp.example"], "outhost", .local),
      (["--local-address", "10.77.1.5"], "10.77.1.5", .local),
      (["--auth-user", "zebrauser"], "zebrauser", .local),
      (["--auth-user=zebra@corp.example"], "zebra", .local),
      (["-au", "zebrauser"], "zebra", .local),
      (["--from", "zebra@corp.example"], "zebra@", .all),
      (["-t", "a@b.example,zebra@corp.example"], "zebra@", .all),
      (["-s", "gate.corp.example"], "gate.corp", .all),
      (["--resolver", "10.77.1.53:5353"], "10.77.1.53", .all),
      (["--xclient", "ADDR=10.77.1.9 NAME=gate.corp.example"], "gate.corp", .all),
    ] as [([String], String, RedactionMode)])
  func suite(options: [String], word: String, least: RedactionMode) throws {
    let words = ["smtpprobe", "lab:healthy"] + options
    let line = words.joined(separator: " ")
    let result = SuiteResult(
      name: line, line: 1, report: Sample.healthy.report, arguments: words)
    let report = SuiteReport(
      tool: Sample.healthy.report.tool, startedAt: nil, duration: 1, arguments: ["smtpprobe"],
      suite: "s.txt", results: [result], missing: 0)
    for mode in [RedactionMode.local, .all] {
      let redacted = try #require(Redactor(mode: mode).redacted(report))
      for format in ReportFormat.all(of: .suite) {
        let text = String(decoding: format.document(redacted) ?? [], as: UTF8.self)
        if mode == .all || mode == least { #expect(!text.contains(word), "\(format): \(text)") }
      }
    }
  }

  @Test(
    "keeps out the beginning of a name, where a text was shortened before",
    arguments: [
      ("lab:healthy --ehlo outhost.cor...", "lab:healthy --ehlo xxxxxxx.xxx..."),
      ("lab:healthy --ehlo OUTHOST.corp....", "lab:healthy --ehlo xxxxxxx.xxxx...."),
      ("outh... and outhost, ou...", "xxxx... and xxxxxxx, ou..."),
      ("southost.cor...", "southost.cor..."),
    ])
  func shortened(note: String, shown: String) throws {
    var report = Self.report
    report.trace.notes = [note]
    let redactor = Redactor(mode: .local, own: ["outhost.corp.example"])
    let redacted = try #require(redactor.redacted(report) as? SessionReport)
    #expect(redacted.trace.notes == [shown])
  }

  @Test(
    "keeps the user out who logs in, whoever says it", arguments: [RedactionMode.local, .all])
  func user(mode: RedactionMode) throws {
    var report = Self.report
    report.trace.options["auth_user"] = .text("zebrauser")
    report.trace.replies[1].lines[1] = "5.7.1 Sender address rejected: not owned by user zebrauser"
    let redacted = try #require(Redactor(mode: mode).redacted(report))
    for format in Self.written {
      let text = String(decoding: format.document(redacted) ?? [], as: UTF8.self)
      #expect(!text.contains("zebrauser"), "\(format)")
    }
  }

  @Test(
    "leaves alone what reads like a user's name and is none",
    arguments: [
      ("mailman", "MAIL... and Mail... were cut"), ("the@x", "the reply came with the dot"),
      ("250@x", "250 was the code, of 250 bytes"), ("42", "42 of 42"),
    ])
  func otherWords(user: String, note: String) throws {
    var report = Self.report
    report.trace.options["auth_user"] = .text(user)
    report.trace.notes = [note]
    let redacted = try #require(Redactor(mode: .all).redacted(report) as? SessionReport)
    #expect(redacted.trace.notes == [note])
  }

  @Test("with all keeps out the domain of a report that has no session")
  func domain() throws {
    let report = DomainReport(
      tool: Self.report.tool, startedAt: nil, duration: 0,
      arguments: ["smtpprobe", "mx:zebra.example", "--all"], given: "mx:zebra.example", seed: 1,
      habit: nil, isComplete: true, places: [])
    let redacted = try #require(Redactor(mode: .all).redacted(report))
    for format in ReportFormat.all(of: .domain) {
      let text = String(decoding: format.document(redacted) ?? [], as: UTF8.self)
      #expect(!text.contains("zebra"), "\(format)")
    }
  }

  @Test("with none changes nothing")
  func none() throws {
    let document = try #require(Redactor(mode: .none, own: ["anna"]).redacted(Self.report))
    #expect(document as? SessionReport == Self.report)
  }

  @Test(
    "keeps every length, and gives the same thing the same stand-in",
    arguments: [
      RedactionMode.local, .all,
    ])
  func lengths(mode: RedactionMode) throws {
    let document = try #require(
      Redactor(mode: mode, own: ["anna"]).redacted(Self.report) as? SessionReport)
    let (before, after) = (Self.report.trace, document.trace)
    #expect(after.arguments.map(\.utf8.count) == before.arguments.map(\.utf8.count))
    #expect(after.commands.map(\.text.utf8.count) == before.commands.map(\.text.utf8.count))
    #expect(
      after.replies.map { $0.lines.map(\.utf8.count) }
        == before.replies.map { $0.lines.map(\.utf8.count) })
    #expect(after.target.address?.utf8.count == before.target.address?.utf8.count)
    #expect(after.target.address == after.attempts[0].address)
    #expect(after.replies[1].command == after.commands[0].text)
    #expect(document.verdict.outcome == verdict(of: before).outcome)
    #expect(document.redaction.mode == mode)
    #expect(document.redaction.replaced > 5)
  }

  @Test("once done stays done when a saved report is redacted less")
  func again() throws {
    let all = try #require(Redactor(mode: .all).redacted(Self.report) as? SessionReport)
    let local = try #require(Redactor(mode: .local).redacted(all) as? SessionReport)
    #expect(local.redaction.mode == .all)
    #expect(local.redaction.replaced >= all.redaction.replaced)
  }

  @Test(
    "leaves the words of SMTP alone on a host that is called like one",
    arguments: [
      "mail", "data", "localhost", "server",
    ])
  func commonWords(name: String) throws {
    var report = Sample.healthy.report
    report.trace.arguments = ["mx.example.com"]
    let redacted = try #require(
      Redactor(mode: .local, own: [name]).redacted(report) as? SessionReport)
    #expect(redacted.verdict.summary == verdict(of: report.trace).summary)
    #expect(
      redacted.trace.commands.map { $0.text.prefix(4) }
        == report.trace.commands.map { $0.text.prefix(4) })
  }

  @Test("breaks no report, whatever a trace holds", arguments: Sample.all)
  func everySample(sample: Sample) throws {
    let document = try #require(Redactor(mode: .all, own: ["anna"]).redacted(sample.report))
    let judged = verdict(of: sample.report.trace).outcome
    #expect((document as? SessionReport)?.verdict.outcome == judged)
  }
}
