import Diagnosis
import FoundationEssentials
import Reporting
import Testing

@Suite("The catalogue as a document")
struct CatalogueDocumentTests {
  /// An entry whose every word is bad, as none of ours is.
  private static let hostile: Cause = {
    let bad = "\u{1B}[31m</pre>`````\r\n# h\u{202E}" + String(repeating: "x", count: 90)
    var entry = Catalogue.causes[0]
    entry.id = CauseID(rawValue: bad)
    entry.aliases = [CauseID(rawValue: bad)]
    entry.title = bad
    entry.mechanism = bad
    entry.symptoms = bad
    entry.experiment = bad
    entry.sources = [bad]
    entry.remedies = Remedies(
      exim: [.setting(bad, bad)], postfix: [.advice(bad)], kernel: [.advice(bad)],
      receiver: [.advice(bad)])
    return entry
  }()

  @Test(
    "Text is printable ASCII in lines of 80 columns",
    arguments: [CatalogueDocument.Detail.list, .hits, .whole])
  func text(detail: CatalogueDocument.Detail) {
    for entry in Catalogue.causes + [Self.hostile] {
      let document = CatalogueDocument(entries: [entry], detail: detail)
      for format in [ReportFormat.text, .markdown] {
        for line in format.render(document, style: .plain).split(separator: 0x0A) {
          #expect(line.count <= 80, "\(String(decoding: line, as: UTF8.self))")
          #expect(line.allSatisfy { (0x20...0x7E).contains($0) })
        }
      }
    }
  }

  @Test("A fence of Markdown holds whatever stands in it")
  func fence() {
    let document = CatalogueDocument(entries: [Self.hostile], detail: .whole)
    let lines = String(
      decoding: ReportFormat.markdown.render(document, style: .plain), as: UTF8.self
    )
    .split(separator: "\n")
    let marks = lines.filter { $0.hasPrefix("``````") }
    #expect(lines.first == "# Known causes")
    #expect(marks.count == 2 && lines[1] == marks.first && lines.last == marks.last)
  }

  @Test("Colour is for a terminal alone")
  func colour() {
    let document = CatalogueDocument(entries: Catalogue.causes, detail: .whole)
    #expect(ReportFormat.text.render(document, style: .colour).contains(0x1B))
    #expect(!ReportFormat.text.render(document, style: .plain).contains(0x1B))
    #expect(!ReportFormat.markdown.render(document, style: .colour).contains(0x1B))
  }

  @Test(
    "A line of a log names the likeliest, and says how many more there are",
    arguments: [
      (12, "smtpprobe explain ID tells all"), (13, "\n1 more ends sessions so, and"),
      (14, "\n2 more end sessions so, and"),
    ])
  func others(number: Int, words: String) throws {
    let line = try #require(LogLine("Error: Greeting never received"))
    let document = CatalogueDocument(
      entries: Array(Catalogue.causes.prefix(number)), detail: .hits, logLine: line)
    let text = String(decoding: ReportFormat.text.render(document, style: .plain), as: UTF8.self)
    #expect(text.contains(words), "\(text)")
    #expect(text.contains(" more end") == (number > 12), "\(text)")
  }

  @Test(
    "A line of a log names a place as it would be given",
    arguments: [
      ("dial tcp [2001:db8::1]:25: connect: connection refused", "[2001:db8::1]:25"),
      ("dial tcp 192.0.2.25:25: connect: connection refused", "192.0.2.25:25"),
      ("SSL_accept error from unknown[2001:db8::9]: -1", "2001:db8::9"),
      (
        "connect to mx.example.com[2001:db8::1]:25: No route to host",
        "mx.example.com [2001:db8::1]:25"
      ),
    ])
  func logLinePlace(words: String, place: String) throws {
    let line = try #require(LogLine(words))
    let document = CatalogueDocument(entries: [], detail: .hits, logLine: line)
    let text = String(decoding: ReportFormat.text.render(document, style: .plain), as: UTF8.self)
    #expect(text.contains(" \(place)\n"), "\(text)")
  }

  @Test("JSON has every entry, and every key of each")
  func json() throws {
    struct Document: Decodable {
      struct Entry: Decodable {
        let id, code, family, title, mechanism, signature, experiment: String
        let aliases, sources, twins, fixtures: [String]
        let remedies: [String: [[String: String?]]]
      }
      let kind: String
      let schema_version: Int
      let entries: [Entry]
    }
    let bytes = ReportFormat.json.render(
      CatalogueDocument(entries: Catalogue.causes, detail: .list), style: .plain)
    let document = try JSONDecoder().decode(Document.self, from: Data(bytes))
    #expect(document.kind == "catalogue" && document.schema_version == 1)
    #expect(document.entries.map(\.id) == Catalogue.causes.map(\.id.rawValue))
    for entry in document.entries {
      #expect(Set(entry.remedies.keys) == ["exim", "postfix", "kernel", "receiver"])
      #expect(
        entry.remedies.values.joined().allSatisfy { Set($0.keys) == ["setting", "text"] })
    }
  }

  @Test("Remedies are filled in for the host that was named")
  func place() throws {
    let entry = try #require(Catalogue.cause(named: "A1"))
    let document = CatalogueDocument(
      entries: [entry], detail: .whole,
      place: RemedyPlace(host: "mx.example.com", address: "192.0.2.25"))
    let text = String(decoding: ReportFormat.text.render(document, style: .plain), as: UTF8.self)
    #expect(text.contains("hosts_avoid_pipelining = mx.example.com\n"))
    #expect(text.contains("inline:{192.0.2.25=pipelining}\n"))
  }
}
