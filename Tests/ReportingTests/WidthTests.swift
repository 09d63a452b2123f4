import Diagnosis
import Reporting
import SessionTrace
import Testing

@Suite("A width that is asked for")
struct WidthTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var report: any Document

    init(_ name: String, _ report: any Document) {
      testDescription = name
      self.report = report
    }
  }

  private static let rows: [Row] =
    Sample.all.map { Row($0.name, $0.report) }
    + SampleDiagnosis.all.map { Row($0.name, $0.report) }
    + SavedSweepTests.reports.enumerated().map { Row("sweep \($0)", $1) }
    + [
      Row("comparison", SamplePair(first: .stalledAfter513, second: .healthy).document),
      Row("suite", SavedSuiteTests.report),
      Row("catalogue", CatalogueDocument(entries: Catalogue.causes, detail: .list)),
      Row(
        "everything",
        CatalogueDocument(
          Catalogue.causes.map(Catalogue.Entry.cause)
            + Catalogue.remarks.map(Catalogue.Entry.remark), detail: .whole)),
    ]

  @Test("is kept by every line of text", arguments: rows, [40, 48, 59, 60, 72, 80, 132])
  func isKept(row: Row, width: Int) throws {
    let text = try #require(ReportFormat.text.document(row.report, Look(width: width)))
    for line in text.split(separator: 0x0A) where line.count > width {
      Issue.record("\(line.count) columns: \(String(decoding: line, as: UTF8.self))")
    }
  }

  @Test("that a table does not fit makes a paragraph of each row")
  func looseTable() throws {
    let text = try #require(ReportFormat.text.document(SavedSuiteTests.report, Look(width: 40)))
    let lines = String(decoding: text, as: UTF8.self).split(separator: "\n")
    #expect(lines.first == "ok; case: takes mail; expected: ok;")
  }
}
