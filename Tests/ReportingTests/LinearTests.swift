import Diagnosis
import Reporting
import SessionTrace
import Testing

/// Bytes that count how often one of them is looked at.
private struct CountedBytes: RandomAccessCollection {
  final class Counter { var reads = 0 }

  let bytes: [UInt8]
  let counter = Counter()
  let startIndex = 0
  var endIndex: Int { bytes.count }

  subscript(index: Int) -> UInt8 {
    counter.reads += 1
    return bytes[index]
  }
}

@Suite("The work of a format grows with the text, and its output does not grow without end")
struct LinearTests {
  private static let shapes = [
    "x", "word ", "  ", "::e", "::", "a::error::", "\\x1B", "#[",
  ]

  @Test("Breaking lines looks at each byte a few times", arguments: shapes)
  func wrapping(shape: String) {
    for room in [7, 80] {
      for length in [1_000, 64_000] {
        let text = CountedBytes(
          bytes: Array(String(repeating: shape, count: length / shape.utf8.count).utf8))
        let words = Wrapping(room: room, indent: 2, hanging: 4).words(of: text)
        let whole = Wrapping(room: room, hanging: 2).whole(of: text, prefix: [])
        #expect(text.counter.reads <= 16 * length, "\(text.counter.reads)")
        #expect((words + whole).reduce(0) { $0 + $1.count } <= 16 * length)
        #expect((words + whole).allSatisfy { $0.count <= room })
      }
    }
  }

  /// The hostile session with its long word made longer, read back as a foreign file would be.
  private func report(word length: Int) throws -> SessionReport {
    let text = String(
      decoding: ReportFormat.json.render(Sample.hostile.report, style: .plain), as: UTF8.self)
    let word = String(repeating: "x", count: 90)
    #expect(text.contains(word))
    let long = text.replacing(word, with: String(repeating: #"y\u0007"#, count: length / 2))
    return try SavedReport(json: Array(long.utf8)).report
  }

  @Test(
    "A word of any length takes no more room, and what is left out is counted",
    arguments: [ReportFormat.text, .markdown])
  func word(format: ReportFormat) throws {
    let short = format.render(try report(word: 20_000), style: .plain)
    let long = format.render(try report(word: 200_000), style: .plain)
    #expect(abs(long.count - short.count) < short.count / 50)
    let text = String(decoding: long, as: UTF8.self).split { $0.isWhitespace }
      .joined(separator: " ")
    #expect(text.contains("more bytes left out here"))
  }

  @Test(
    "A reply of a megabyte in lines of legal length takes no more room",
    arguments: [ReportFormat.text, .markdown])
  func reply(format: ReportFormat) {
    func document(lines: Int) -> [UInt8] {
      var session = Session(arguments: ["smtpprobe", "mx.example.com"])
      session.connect()
      session.greet()
      session.send(.mail, "MAIL FROM:<>", flight: 1, at: 95_200)
      session.receive(
        .mail, 550, Array(repeating: String(repeating: "z", count: 500), count: lines),
        at: 127_000, wait: 31_800)
      let verdict = verdict(
        session.trace, .rejected, .mail, exit: 11,
        String(repeating: "z", count: 500 * lines))
      return format.render(Sample("long", session.trace, verdict).report, style: .plain)
    }
    let short = document(lines: 200)
    let long = document(lines: 2_000)
    #expect(abs(long.count - short.count) < 1_000)
    #expect(long.count < 200_000)
  }
}
