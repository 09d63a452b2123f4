import Diagnosis
import SessionTrace

extension TextLayout {
  /// The stages as bars over one time axis; pipelined stages overlap, and are seen to.
  mutating func waterfall(of report: SessionReport, unicode: Bool) {
    let trace = report.trace
    guard !trace.stages.isEmpty else { return }
    heading("Stages", remark: "0 to \(durationText(trace.duration))")
    let axis = TimeAxis(duration: trace.duration, columns: 32)
    for span in trace.stages {
      let status = report.status(of: span)
      let end = span.duration.map { span.start &+ $0 } ?? trace.duration
      row(
        "  " + padded(span.name.rawValue, 9) + rightAligned(secondsText(span.start), 9)
          + rightAligned(span.duration.map(durationText) ?? "open", 11) + " |"
          + axis.bar(from: span.start, to: end, glyph: unicode ? "\u{2588}" : "#") + "| "
          + status.rawValue,
        tone: status.tone)
    }
  }
}

/// A time axis of so many columns.
struct TimeAxis {
  let duration: Microseconds
  let columns: Int

  /// A bar between two moments, at least one column, in a field of all columns.
  func bar(from start: Microseconds, to end: Microseconds, glyph: Character) -> String {
    let first = min(column(of: start), columns - 1)
    let last = max(column(of: end), first + 1)
    return String(repeating: " ", count: first) + String(repeating: glyph, count: last - first)
      + String(repeating: " ", count: columns - last)
  }

  private func column(of moment: Microseconds) -> Int {
    guard duration > 0, moment > 0 else { return 0 }
    guard moment < duration else { return columns }
    return Int(Double(moment) / Double(duration) * Double(columns))
  }
}

extension StageStatus {
  var tone: Tone {
    switch self {
    case .ok: .plain
    case .pending: .quiet
    case .deferred, .interrupted: .warning
    case .rejected, .stalled, .closed, .reset, .unreachable, .tlsFailed, .protocolError,
      .internalError:
      .bad
    }
  }
}
