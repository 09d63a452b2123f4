import Diagnosis
import SessionTrace

extension TextLayout {
  /// Both verdicts, what may be taken from the comparison, and the differences by topic.
  mutating func comparison(in document: ComparisonDocument) {
    side("A", document.first)
    side("B", document.second)
    heading("Reading")
    paragraph(document.comparison.reading)
    let differences = document.comparison.differences
    for topic in Difference.Topic.allCases {
      table(topic.title, differences.filter { $0.topic == topic && $0.matters }, tone: .plain)
    }
    table("Also different, in the background", differences.filter { !$0.matters }, tone: .quiet)
  }

  fileprivate mutating func side(_ label: String, _ side: ComparisonDocument.Side) {
    let indent = 3
    paragraph(
      "\(label)  \(side.name), \(side.trace.target.given), \(side.trace.startedAt)", indent: 0,
      hanging: indent, tone: .heading)
    paragraph(
      "\(side.verdict.title): \(side.verdict.summary)", indent: indent, hanging: indent,
      tone: side.verdict.status == .ok ? .good : .bad)
  }

  private mutating func table(_ title: String, _ differences: [Difference], tone: Tone) {
    guard !differences.isEmpty else { return }
    let shown = 40
    heading(title)
    columns([("", 24), ("A", 27), ("B", 27)], tone: .quiet)
    for difference in differences.prefix(shown) {
      columns(
        [(difference.what, 24), (difference.first ?? "-", 27), (difference.second ?? "-", 27)],
        tone: tone)
    }
    if differences.count > shown {
      paragraph("... \(differences.count - shown) more; the JSON form has all", tone: .quiet)
    }
  }
}

extension MarkdownPage {
  /// The same, with tables as tables.
  mutating func comparison(in document: ComparisonDocument) {
    fence("text") { layout in
      layout.side("A", document.first)
      layout.side("B", document.second)
    }
    heading(2, "Reading")
    fence("text") { $0.paragraph(document.comparison.reading) }
    let differences = document.comparison.differences
    for topic in Difference.Topic.allCases {
      table(topic.title, differences.filter { $0.topic == topic && $0.matters })
    }
    table("Also different, in the background", differences.filter { !$0.matters })
  }

  private mutating func table(_ title: String, _ differences: [Difference]) {
    guard !differences.isEmpty else { return }
    let shown = 40
    heading(2, title)
    table(
      ["", "A", "B"],
      differences.prefix(shown).map { [$0.what, $0.first ?? "-", $0.second ?? "-"] })
    if differences.count > shown {
      fence("text") {
        $0.paragraph("... \(differences.count - shown) more; the JSON form has all")
      }
    }
  }
}
