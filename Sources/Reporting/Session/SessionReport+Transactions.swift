import Diagnosis
import SessionTrace

/// Which recipients went in which transaction, where a server's limits parted them.
extension SessionReport {
  /// So many addresses of one are shown.
  private static let mostRecipients = 8

  var transactions: [Block] {
    guard let parts = trace.envelope?.parts else { return [] }
    let rows = trace.partOutcomes.enumerated().map { index, part in
      Table.Row(
        cells: [
          part.bytes == nil ? "-" : String(index + 1), words(of: part),
          part.bytes.map { "\($0.lowerBound) to \($0.upperBound)" } ?? "-", part.outcome,
        ], tone: part.isTaken ? .good : part.bytes == nil ? .warning : .bad)
    }
    return [
      .heading(
        .part, "Transactions",
        remark: "the server's LIMITS: \(parts.limits.joined(separator: " "))"),
      .table(
        Table(
          columns: [
            Table.Column(title: "no.", content: .number),
            Table.Column(title: "recipients", width: 40), Table.Column(title: "our bytes"),
            Table.Column(title: "outcome", width: 40),
          ], rows: rows, limit: 64)),
    ]
  }

  private func words(of part: PartOutcome) -> String {
    let shown = part.recipients.prefix(Self.mostRecipients).joined(separator: ", ")
    if shown.isEmpty { return count(part.number, "recipient") }
    let others = part.number - min(part.recipients.count, Self.mostRecipients)
    return others > 0 ? "\(shown) and \(others) more" : shown
  }
}
