import Diagnosis
import Reporting
import TestSupport
import Testing

@Suite("Whole reports")
struct GoldenTests {
  private static let formats = [
    (ReportFormat.text, "txt"), (ReportFormat.markdown, "md"), (ReportFormat.json, "json"),
  ]

  @Test("The text of a session is as agreed", arguments: Sample.all)
  func text(sample: Sample) throws {
    try compare(
      ReportFormat.text.render(sample.report, style: .plain), with: sample.name + ".txt")
  }

  @Test("The Markdown of a session is as agreed", arguments: Sample.all)
  func markdown(sample: Sample) throws {
    try compare(
      ReportFormat.markdown.render(sample.report, style: .plain), with: sample.name + ".md")
  }

  @Test("A comparison is as agreed", arguments: formats)
  func comparison(format: ReportFormat, ending: String) throws {
    let pair = SamplePair(first: .stalledAfter513, second: .healthy)
    try compare(format.render(pair.document, style: .plain), with: "comparison." + ending)
  }

  @Test("An explanation is as agreed", arguments: formats)
  func explanation(format: ReportFormat, ending: String) throws {
    let entry = try #require(Catalogue.cause(named: "H2"))
    let document = CatalogueDocument(
      entries: [entry], detail: .whole,
      fixtures: [entry.id: ["clienthello-256-511", "starttls-silence"]],
      place: RemedyPlace(host: "mx.example.com"))
    try compare(format.render(document, style: .plain), with: "explanation." + ending)
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

  @Test(
    "The Markdown of a diagnosis is as agreed",
    arguments: [SampleDiagnosis.boundaryLoss, .twoFaults, .hostile])
  func diagnosisMarkdown(sample: SampleDiagnosis) throws {
    try compare(
      ReportFormat.markdown.render(sample.report, style: .plain), with: sample.name + ".md")
  }

  @Test("The JSON of a session is as agreed", arguments: [Sample.healthy, .stalledAfter513])
  func json(sample: Sample) throws {
    try compare(ReportFormat.json.render(sample.report, style: .plain), with: sample.name + ".json")
  }

  @Test("The JSON of a diagnosis is as agreed", arguments: [SampleDiagnosis.boundaryLoss])
  func diagnosisJSON(sample: SampleDiagnosis) throws {
    try compare(ReportFormat.json.render(sample.report, style: .plain), with: sample.name + ".json")
  }

  @Test("A sweep is as agreed", arguments: formats + [(ReportFormat.csv, "csv")])
  func sweep(format: ReportFormat, ending: String) throws {
    for (report, name) in zip(
      SavedSweepTests.reports,
      [
        "nothing", "one size", "at times", "locked out", "turned away", "unreachable",
        "by a signal",
      ])
    {
      try compare(format.render(report, style: .plain), with: "sweep \(name).\(ending)")
    }
  }

  /// Without the JSON, which is that of an explanation.
  @Test("A list of causes is as agreed", arguments: formats.prefix(2))
  func list(format: ReportFormat, ending: String) throws {
    let entries = ["A1", "H2", "E9"].compactMap { Catalogue.cause(named: $0) }
    for (detail, name) in [(CatalogueDocument.Detail.list, "list"), (.hits, "hits")] {
      try compare(
        format.render(CatalogueDocument(entries: entries, detail: detail), style: .plain),
        with: "catalogue \(name).\(ending)")
    }
  }

  @Test("A remark on a hazard is as agreed", arguments: formats)
  func remark(format: ReportFormat, ending: String) throws {
    let remark = try #require(Catalogue.remark(named: "connection-refused"))
    try compare(
      format.render(CatalogueDocument([.remark(remark)], detail: .whole), style: .plain),
      with: "remark.\(ending)")
  }

  private func compare(_ document: [UInt8], with name: String) throws {
    try Golden().expect(document, name)
  }
}
