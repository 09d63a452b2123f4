import Diagnosis
import FoundationEssentials
import Reporting
import Testing

/// Whole documents, kept beside this file. `GOLDEN=write swift test` writes them anew; read the diff.
@Suite("Whole reports")
struct GoldenTests {
  private static let folder =
    "\(#filePath)".split(separator: "/", omittingEmptySubsequences: false)
    .dropLast().joined(separator: "/") + "/Golden/"

  @Test("The text of a session is as agreed", arguments: Sample.all)
  func text(sample: Sample) throws {
    try compare(
      TextRenderer(style: .plain, unicode: false).render(sample.report), with: sample.name + ".txt")
  }

  @Test("The Markdown of a session is as agreed", arguments: Sample.all)
  func markdown(sample: Sample) throws {
    try compare(MarkdownRenderer().render(sample.report), with: sample.name + ".md")
  }

  @Test(
    "A comparison is as agreed",
    arguments: [(ReportFormat.text, "txt"), (.markdown, "md"), (.json, "json")])
  func comparison(format: ReportFormat, ending: String) throws {
    let pair = SamplePair(first: .stalledAfter513, second: .healthy)
    try compare(pair.document.render(format, style: .plain), with: "comparison." + ending)
  }

  @Test(
    "An explanation is as agreed",
    arguments: [(ReportFormat.text, "txt"), (.markdown, "md"), (.json, "json")])
  func explanation(format: ReportFormat, ending: String) throws {
    let entry = try #require(Catalogue.entry(id: "H2"))
    let document = CatalogueDocument(
      entries: [entry], detail: .whole, place: RemedyPlace(host: "mx.example.com"))
    try compare(document.render(format, style: .plain), with: "explanation." + ending)
  }

  @Test(
    "A diagnosis is as agreed",
    arguments: [
      SampleDiagnosis.boundaryLoss, .notToldApart, .silence, .seenInPassing, .intermittent,
      .turnedAway, .lockedOut, .twoFaults, .otherFailures, .hostile,
    ])
  func diagnosis(sample: SampleDiagnosis) throws {
    try compare(ReportFormat.text.render(sample.report, style: .plain), with: sample.name + ".txt")
  }

  @Test("The Markdown of a diagnosis is as agreed", arguments: [SampleDiagnosis.boundaryLoss])
  func diagnosisMarkdown(sample: SampleDiagnosis) throws {
    try compare(
      ReportFormat.markdown.render(sample.report, style: .plain), with: sample.name + ".md")
  }

  private func compare(_ document: [UInt8], with name: String) throws {
    let path = Self.folder + name.replacing(" ", with: "-")
    if ProcessInfo.processInfo.environment["GOLDEN"] == "write" {
      try Data(document).write(to: URL(filePath: path))
    }
    let golden = try [UInt8](Data(contentsOf: URL(filePath: path)))
    #expect(String(decoding: document, as: UTF8.self) == String(decoding: golden, as: UTF8.self))
  }
}
