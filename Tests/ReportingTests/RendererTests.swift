import Diagnosis
import Reporting
import SessionTrace
import Testing

@Suite("Every format of a session")
struct RendererTests {
  private func lines(_ document: [UInt8]) -> [[UInt8]] {
    document.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
  }

  @Test("Plain text is printable ASCII in lines of 80 columns", arguments: Sample.all)
  func plain(sample: Sample) {
    for format in [ReportFormat.text, .markdown] {
      let document = format.render(sample.report, style: .plain)
      #expect(document.last == 0x0A)
      for line in lines(document) {
        let text = String(decoding: line, as: UTF8.self)
        // What somebody may copy is not parted in Markdown: it has a line to itself.
        let isOneSpan = text.wholeMatch(of: /(\d\.)? *`[^`]+`[^ `]*/) != nil
        #expect(line.count <= 80 || format == .markdown && isOneSpan, "\(text)")
        #expect(line.allSatisfy { (0x20...0x7E).contains($0) }, "\(text)")
        #expect(line.last != 0x20 || format == .markdown, "blank at the end: \(text)")
      }
    }
  }

  @Test("At one moment a reply stands behind what it answers, and before what was sent after it")
  func oneMoment() throws {
    var trace = Sample.healthy.report.trace
    for index in trace.commands.indices { trace.commands[index].written = 5_000 }
    for index in trace.replies.indices { trace.replies[index].at = 5_000 }
    let report = SessionReport(
      tool: Sample.healthy.report.tool, trace: trace, verdict: verdict(of: trace))
    let text = String(decoding: ReportFormat.text.render(report, style: .plain), as: UTF8.self)
    let dialogue = try #require(text.split(separator: "Dialogue ").last)
    let order = ["S: 220", "C: EHLO", "S: 250", "C: MAIL", "S: 250 2.1.0"]
    var rest = dialogue[...]
    for line in order {
      let found = try #require(rest.firstRange(of: line), "\(line) in its place:\n\(dialogue)")
      rest = rest[found.upperBound...]
    }
  }

  @Test("Colour adds nothing but our own sequences", arguments: Sample.all)
  func colour(sample: Sample) {
    let plain = ReportFormat.text.render(sample.report, style: .plain)
    let coloured = ReportFormat.text.render(sample.report, style: .colour)
    var text = String(decoding: coloured, as: UTF8.self)
    for sequence in ["1", "1;32", "1;31", "33", "36", "2", "0"] {
      text = text.replacing("\u{1B}[\(sequence)m", with: "")
    }
    #expect(coloured != plain)
    #expect(text == String(decoding: plain, as: UTF8.self))
  }

  @Test("Block characters take the place of the bars and nothing else", arguments: Sample.all)
  func unicode(sample: Sample) {
    let plain = ReportFormat.text.render(sample.report, style: .plain)
    let blocks = ReportFormat.text.document(sample.report, Look(unicode: true)) ?? []
    let text = String(decoding: blocks, as: UTF8.self)
    #expect(text.replacing("\u{2588}", with: "#") == String(decoding: plain, as: UTF8.self))
    #expect(text.contains("\u{2588}"))
  }

  @Test("No HTML, link or fence of a trace comes through Markdown", arguments: Sample.all)
  func markdown(sample: Sample) {
    expectSafe(markdown: ReportFormat.markdown.render(sample.report, style: .plain))
  }

  @Test("Markdown parts no command, and no byte of a reply")
  func whole() {
    var report = Sample.stalledAfter513.report
    report.trace.arguments = [
      "smtpprobe", "mx.example.com", "--from", "somebody@with-a-long-name.example", "--to",
      "somebody-else@with-a-long-name.example", "--split", "513", "--timeout", "1s",
    ]
    report.trace.replies[0].lines = [String(repeating: #"\x1B[1A"#, count: 40)]
    let page = String(decoding: ReportFormat.markdown.render(report, style: .plain), as: UTF8.self)
    #expect(page.contains(/`smtpprobe diagnose mx\.example\.com [^`]* --timeout 1s`/), "\(page)")
    for line in page.split(separator: "\n") {
      #expect(line.firstMatch(of: /\\x[0-9A-F]?( ?`|$)/) == nil, "\(line)")
    }
  }

  @Test("A stall that a signal ends is told with what stood still, and with somebody to write to")
  func stopped() {
    var trace = Sample.stalledAfter513.report.trace
    trace.ending = .interrupted(signal: 15)
    let report = SessionReport(
      tool: Sample.healthy.report.tool, trace: trace, verdict: verdict(of: trace))
    let page = String(decoding: ReportFormat.markdown.render(report, style: .plain), as: UTF8.self)
      .replacing("\n", with: " ")
    for words in [
      "stopped by a signal before it was done. So far: `mx.example.com`", "nothing has answered",
      "**Whom to write to first**", "let it come to its end",
    ] { #expect(page.contains(words), "\(words): \(page)") }
  }

  @Test(
    "A file's ending chooses the format",
    arguments: [
      ("txt", ReportFormat.text), ("MD", .markdown), ("json", .json), ("markdown", .markdown),
      ("XML", .junit), ("csv", .csv), ("html", .html), ("htm", .html), ("pdf", nil), ("", nil),
    ] as [(String, ReportFormat?)])
  func ending(ending: String, format: ReportFormat?) {
    #expect(ReportFormat(fileEnding: ending) == format)
  }
}
