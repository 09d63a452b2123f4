import Diagnosis
import FoundationEssentials
import Reporting
import Testing

/// Two of the samples side by side.
struct SamplePair: Sendable, CustomTestStringConvertible {
  let first: Sample
  let second: Sample

  var testDescription: String { "\(first.name) and \(second.name)" }

  var document: ComparisonDocument {
    ComparisonDocument(
      ComparisonDocument.Side(name: "first.json", trace: first.report.trace),
      ComparisonDocument.Side(name: "second.json", trace: second.report.trace))
  }

  static let all: [SamplePair] = Sample.all.flatMap { first in
    Sample.all.map { SamplePair(first: first, second: $0) }
  }
}

@Suite("A comparison as a document")
struct ComparisonDocumentTests {
  @Test("Text is printable ASCII in lines of 80 columns", arguments: SamplePair.all)
  func plain(pair: SamplePair) {
    for format in [ReportFormat.text, .markdown] {
      let document = format.render(pair.document, style: .plain)
      #expect(document.last == 0x0A)
      for line in document.split(separator: 0x0A) {
        let isRow = format == .markdown && line.starts(with: "| ".utf8)
        #expect(line.count <= 80 || isRow, "\(String(decoding: line, as: UTF8.self))")
        #expect(line.allSatisfy { (0x20...0x7E).contains($0) })
      }
    }
  }

  @Test("Nothing outside of fences and code spans comes from a trace", arguments: SamplePair.all)
  func markdown(pair: SamplePair) {
    let document = ReportFormat.markdown.render(pair.document, style: .plain)
    #expect(document.starts(with: "# Two sessions compared\n".utf8))
    expectSafe(markdown: document)
  }

  @Test("A session is like itself, and like no other", arguments: SamplePair.all)
  func differs(pair: SamplePair) {
    let isSame = pair.first.name == pair.second.name
    #expect(pair.document.comparison.differsInWhatMatters != isSame)
    #expect(pair.document.comparison.differences.isEmpty == isSame)
  }

  @Test("JSON says what the text says", arguments: SamplePair.all)
  func json(pair: SamplePair) throws {
    struct Document: Decodable {
      struct Row: Decodable {
        let topic, what: String
        let first, second: String?
        let matters: Bool
      }
      let kind, reading: String
      let schema_version: Int
      let same_outcome, differs: Bool
      let differences: [Row]
    }
    let bytes = ReportFormat.json.render(pair.document, style: .plain)
    let document = try JSONDecoder().decode(Document.self, from: Data(bytes))
    let comparison = pair.document.comparison
    #expect(document.kind == "comparison" && document.schema_version == 1)
    #expect(document.differs == comparison.differsInWhatMatters)
    #expect(document.same_outcome == comparison.hasSameOutcome)
    #expect(document.reading == comparison.reading)
    #expect(document.differences.map(\.what) == comparison.differences.map(\.what))
    #expect(document.differences.map(\.second) == comparison.differences.map(\.second))
  }
}
