import SessionTrace

/// Columns that stand one below the other, two spaces apart; the last is as long as it likes.
///
/// Cells are plain ASCII; each row has as many as the first.
func textTable(_ rows: [[String]]) -> [String] {
  let widths = (rows.first ?? []).indices.map { column in
    rows.map { $0[column].utf8.count }.max() ?? 0
  }
  return rows.map { cells in
    let padded = zip(cells, widths).dropLast().map { cell, width in
      cell + String(repeating: " ", count: width - cell.utf8.count)
    }
    return (padded + [cells.last ?? ""]).joined(separator: "  ")
  }
}

/// `1.04 s`.
func secondsText(_ duration: Microseconds) -> String {
  let hundredths = (duration + 5_000) / 10_000
  let fraction = hundredths % 100
  return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction) s"
}
