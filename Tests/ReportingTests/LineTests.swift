import Diagnosis
import Reporting
import SessionTrace
import Testing

@Suite("A report in a line")
struct LineTests {
  @Test(
    "says status, stage, bytes, time and server",
    arguments: [
      (Sample.healthy, "OK data "),
      (.stalledAfter513, "STALLED mail 537/537 acked 30.0s mx.example.com [192.0.2.25]:25"),
      (.resetWith552Waiting, "RESET body "), (.tlsFailure, "TLS_FAILED tls "),
      (.unreachable, "UNREACHABLE connect 0/0 acked "), (.hostile, ""),
    ])
  func line(sample: Sample, start: String) throws {
    let line = lines(of: sample.report)
    #expect(line.count == 1)
    #expect(line[0].hasPrefix(start), "\(line[0])")
    #expect(line[0].utf8.allSatisfy { (0x20...0x7E).contains($0) } && line[0].utf8.count < 500)
  }

  @Test("says what was expected where it did not come")
  func expectation() throws {
    var report = Sample.stalledAfter513.report
    report.expectation = Expectation("ok")
    #expect(lines(of: report)[0].hasSuffix("(expected ok)"))
    report.expectation = Expectation("stalled@mail")
    #expect(!lines(of: report)[0].contains("expected"))
  }

  @Test("begins with what a sweep, a diagnosis and a comparison came to")
  func others() {
    let pair = SamplePair(first: .stalledAfter513, second: .healthy)
    let documents: [(any Document, String)] = [
      (SampleDiagnosis.boundaryLoss.report, "CAUSE_FOUND (A1) reseg-boundary-loss confirmed, "),
      (SavedSweepTests.reports[1], "FOUND --"),
      (pair.document, "DIFFERS stalled@mail ok@data, "),
    ]
    for (document, start) in documents {
      let line = lines(of: document)
      #expect(line.count == 1 && line[0].hasPrefix(start), "\(line)")
    }
  }

  private func lines(of document: any Document) -> [Substring] {
    String(decoding: ReportFormat.line.render(document, style: .plain), as: UTF8.self)
      .split(separator: "\n")
  }
}

@Suite("Text for a reader")
struct ReaderTests {
  @Test(
    "is broken between words, then between bytes, and never in the middle of one",
    arguments: [
      ("a bc def", 5, ["a bc", "def"]), (#"abcdef\x1B[1A"#, 8, ["abcdef", #"\x1B[1A"#]),
      (#"abcde\nf"#, 6, ["abcde", #"\nf"#]), (#"abcde\\nf"#, 7, [#"abcde\\"#, "nf"]),
      (#"\x1B"#, 3, [#"\x1"#, "B"]), ("abcdefgh", 3, ["abc", "def", "gh"]),
    ])
  func broken(text: String, room: Int, lines: [String]) {
    let broken = Wrapping(room: room).words(of: Array(text.utf8))
    #expect(broken.map { String(decoding: $0, as: UTF8.self) } == lines)
  }

  @Test("is as wide as asked, and says the same", arguments: [40, 60, 120, 200])
  func width(columns: Int) {
    let usual = words(Look())
    let asked = words(Look(width: columns))
    let longest =
      String(decoding: text(Look(width: columns)), as: UTF8.self)
      .split(separator: "\n").map(\.utf8.count).max() ?? 0
    #expect(longest <= max(80, columns) && (columns <= 80 || longest > 80))
    // Bars are longer, and lines break elsewhere.
    #expect(asked.filter { $0.contains { $0 != "#" && $0 != "|" } }.count >= usual.count * 9 / 10)
  }

  @Test("shows bytes and facts one by one only where they are asked for")
  func closeUp() throws {
    let plain = String(decoding: text(Look()), as: UTF8.self)
    let close = String(decoding: text(Look(isClose: true)), as: UTF8.self)
    #expect(!plain.contains("Our bytes where it stopped"))
    #expect(close.contains("Our bytes where it stopped"))
    #expect(close.contains("-- answered up to here, 24 --"))
    #expect(close.contains("4d 41 49 4c 20 46 52 4f"))
    #expect(close.split(separator: "\n").allSatisfy { $0.utf8.count <= 80 })
  }

  @Test(
    "is as its reader says, whatever the terminal is",
    arguments: [
      (StyleChoice.plain, true, TextStyle.plain, false), (.color, false, .colour, true),
      (.auto, true, .colour, true), (nil, false, .plain, false),
    ] as [(StyleChoice?, Bool, TextStyle, Bool)])
  func style(choice: StyleChoice?, isTerminal: Bool, style: TextStyle, unicode: Bool) {
    let environment = { (name: String) in name == "LANG" ? "C.UTF-8" : nil }
    var asked = AskedLook()
    asked.style = choice
    let look = Look(isTerminal: isTerminal, columns: 200, environment: environment)
      .with(asked, environment: environment)
    #expect(look.style == style && look.unicode == unicode)
    #expect(look.width == (isTerminal ? 120 : 80))
  }

  private func text(_ look: Look) -> [UInt8] {
    ReportFormat.text.document(Sample.stalledAfter513.report, look) ?? []
  }

  private func words(_ look: Look) -> [Substring] {
    String(decoding: text(look), as: UTF8.self).split { " \n".contains($0) }
  }
}
