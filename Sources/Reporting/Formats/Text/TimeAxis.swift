import SessionTrace

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
