import Diagnosis
import Reporting
import SessionTrace
import TestSupport
import Testing

@Suite("A page of HTML")
struct HTMLTests {
  private func text(_ document: any Document) -> String {
    String(decoding: ReportFormat.html.render(document, style: .plain), as: UTF8.self)
  }

  @Test("of a session is as agreed", arguments: [Sample.stalledAfter513, .proxied, .hostile])
  func session(sample: Sample) throws {
    try Golden().expect(
      ReportFormat.html.render(sample.report, style: .plain), sample.name + ".html")
  }

  @Test("of a sweep and of a diagnosis is as agreed")
  func campaigns() throws {
    try Golden().expect(
      ReportFormat.html.render(SavedSweepTests.reports[1], style: .plain), "sweep one size.html")
    let diagnosis = SampleDiagnosis.boundaryLoss
    try Golden().expect(
      ReportFormat.html.render(diagnosis.report, style: .plain), diagnosis.name + ".html")
  }

  private static let ours: Set<String> = [
    "!doctype", "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "p",
    "div", "section", "ol", "ul", "li", "code", "pre", "span", "b", "small", "dl", "dt", "dd",
    "table", "tr", "th", "td", "details", "summary", "figure", "figcaption", "svg", "text", "line",
    "rect", "path", "circle", "footer",
  ]

  @Test("has no element and no attribute but ours, whatever a trace holds", arguments: Sample.all)
  func elements(sample: Sample) {
    let page = text(sample.report)
    for match in page.matches(of: /<\/?([^\s>]*)([^>]*)>/) {
      let name = match.1.lowercased().replacing("/", with: "")
      #expect(Self.ours.contains(name), "<\(match.1)\(match.2)>")
      #expect(!match.2.contains("href") && !match.2.contains(" on"), "<\(match.1)\(match.2)>")
    }
    #expect(page.utf8.allSatisfy { $0 == 0x0A || (0x20...0x7E).contains($0) })
  }

  @Test("does not say that nothing is wrong beside what is worth a look")
  func notes() {
    var trace = Sample.healthy.report.trace
    #expect(
      text(Sample("healthy", trace, Sample.healthy.report.verdict).report).contains(
        "Nothing is wrong"))
    trace.notes = ["mx.example.com is an alias (CNAME) of real.example.com"]
    let page = text(Sample("alias", trace, Sample.healthy.report.verdict).report)
    #expect(!page.contains("Nothing is wrong") && page.contains("one thing is worth a look"))
    #expect(page.contains("Look at this: <code>mx.example.com is an alias"))
  }

  @Test("names the column in each cell of a table, for a screen that has no room for columns")
  func cells() {
    let page = text(SampleDiagnosis.boundaryLoss.report)
    let cells = page.matches(of: /<td[^>]*>/)
    #expect(!cells.isEmpty && cells.allSatisfy { $0.0.contains("data-title=") })
  }

  @Test("quotes whatever is hostile", arguments: hostileWords)
  func hostile(words: String) {
    var session = Session(words, arguments: ["smtpprobe", words])
    session.connect()
    session.greet()
    session.send(.mail, words, flight: 1, at: 95_200)
    session.receive(.mail, 550, [words], at: 127_000, wait: 31_800)
    let verdict = verdict(session.trace, .rejected, .mail, exit: 35, words, error: words)
    let page = text(Sample("hostile", session.trace, verdict).report)
    #expect(!page.contains("<script") && !page.contains("\u{1B}") && !page.contains("<!--"))
    for line in page.split(separator: "\n") {
      #expect(!line.hasPrefix("::") && !line.contains("##["), "\(line)")
    }
  }
}

@Suite("The ladder's silence")
struct LadderSilenceTests {
  /// Segments of one moment, so that their labels have to stand below each other.
  private static let crowded: Sample = {
    var trace = Sample.stalledAfter513.report.trace
    if let last = trace.segments.kept.last { for _ in 0..<6 { trace.segments.append(last) } }
    return Sample("crowded", trace, Sample.stalledAfter513.report.verdict)
  }()

  @Test(
    "has no label of anything else in its box",
    arguments: [Sample.stalledAfter513, .proxied, crowded])
  func labels(sample: Sample) throws {
    let page = String(
      decoding: ReportFormat.html.render(sample.report, style: .plain), as: UTF8.self)
    let box = try #require(
      page.firstMatch(of: /<rect x="4" y="(\d+)" width="352" height="(\d+)" class="gap"/))
    let top = try #require(Int(box.1))
    let bottom = top + (try #require(Int(box.2)))
    let drawing = page[..<(try #require(page.firstRange(of: "<figcaption")).lowerBound)]
    let labels = drawing.matches(of: /<text x="\d+" y="(\d+)" class="s[^"]*">([^<]*)</)
    #expect(labels.count > 6)
    for label in labels where !label.2.contains("nothing came") {
      let base = try #require(Int(label.1))
      // Letters of 11 units above their line, and 3 below it.
      #expect(base + 3 <= top || base - 9 >= bottom, "\(label.2) at \(base) in \(top) to \(bottom)")
    }
  }
}

@Suite("The scale of a ladder")
struct LadderScaleTests {
  @Test("breaks the gap that would leave nothing to see, and keeps the others in proportion")
  func proportion() throws {
    let page = String(
      decoding: ReportFormat.html.render(Sample.stalledAfter513.report, style: .plain),
      as: UTF8.self)
    // One in the caption, and none in the drawing: only the silence is not to scale.
    #expect(page.count { $0 == "~" } == 1)
    #expect(page.ranges(of: "class=\"gap\"").count == 1)
    #expect(page.contains("29.968 s of silence"), "\(page)")
  }
}
