import Diagnosis
import SessionTrace

/// Both verdicts, what may be taken from the comparison, and the differences by topic.
extension ComparisonDocument: Document {
  package var blocks: [Block] {
    let differences = comparison.differences
    return [
      .heading(.document, "Two sessions compared"), .compared(first.compared("A")),
      .compared(second.compared("B")), .heading(.section, "Reading"),
      .paragraph(comparison.reading),
    ]
      + Difference.Topic.allCases.flatMap { topic in
        table(topic.title, differences.filter { $0.topic == topic && $0.matters }, tone: .plain)
      }
      + table("Also different, in the background", differences.filter { !$0.matters }, tone: .quiet)
      + nextSteps
  }

  /// A diagnosis of the one that failed; where both did, of the second.
  private var nextSteps: [Block] {
    let reports = [second, first].map { SessionReport(of: $0.trace) }
    guard let failed = reports.first(where: \.isCauseOpen) else { return [] }
    return Block.nextSteps([
      .diagnosis(
        of: failed.command, because: "Whether such a difference decides: this tries it repeatedly.")
    ])
  }

  /// `DIFFERS stalled@mail ok@data, 5 differences that matter: a.json, b.json`.
  package var digest: [String] {
    let matters = comparison.differences.count(where: \.matters)
    return [
      "\(matters > 0 ? "DIFFERS" : "SAME") \(first.verdict.outcome) \(second.verdict.outcome),"
        + " \(count(matters, "difference that matters", "differences that matter")):"
        + " \(first.name), \(second.name)"
    ]
  }

  private func table(_ title: String, _ differences: [Difference], tone: Tone) -> [Block] {
    guard !differences.isEmpty else { return [] }
    return [
      .heading(.section, "\(ours: title)"),
      .table(
        Table(
          columns: [
            Table.Column(title: "", width: 24), Table.Column(title: "A", width: 27),
            Table.Column(title: "B", width: 27),
          ],
          rows: differences.map {
            Table.Row(cells: [$0.what, $0.first ?? "-", $0.second ?? "-"], tone: tone)
          }, limit: 40)),
    ]
  }
}

extension ComparisonDocument.Side {
  fileprivate func compared(_ label: String) -> ComparedSession {
    ComparedSession(
      label: label, name: "\(name), \(trace.target.given), \(trace.startedAt)",
      answer: verdict.answer)
  }
}
