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
