import Diagnosis
import SessionTrace

extension TextLayout {
  /// Both directions in the order of time, with byte ranges, arrivals and silences.
  mutating func dialogue(of trace: Trace) {
    let rows = DialogueRows(trace).rows
    guard !rows.isEmpty else { return }
    heading("Dialogue", remark: "C: we, with our stream's bytes [from, to)   S: they")
    let shown = 400
    for (number, row) in rows.enumerated() {
      if rows.count > shown, number == shown / 2 {
        paragraph(
          "... \(rows.count - shown) lines left out; the JSON report has all", indent: 10,
          hanging: 10, tone: .quiet)
      }
      guard rows.count <= shown || number < shown / 2 || number >= rows.count - shown / 2 else {
        continue
      }
      add(row)
    }
  }

  private mutating func add(_ row: DialogueRow) {
    let time = rightAligned(row.at.map(secondsText) ?? "", 9)
    switch row.speaker {
    case .we: evidence(prefix: "\(time) C: ", row.text, remark: row.remark, tone: .ours)
    case .they: evidence(prefix: "\(time) S: ", row.text, remark: row.remark)
    case .nobody: paragraph(row.text, indent: 13, hanging: 13, tone: .quiet)
    case .violation: evidence(prefix: "\(time) !! ", row.text, remark: row.remark, tone: .warning)
    }
  }
}

/// One line of the dialogue, before layout.
struct DialogueRow: Sendable, Equatable {
  enum Speaker: Sendable { case we, they, nobody, violation }

  var at: Microseconds?
  var speaker: Speaker
  var text: String
  var remark = ""
}
