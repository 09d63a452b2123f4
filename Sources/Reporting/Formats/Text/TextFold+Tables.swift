extension TextFold {
  /// Columns of the widths that the table has, or as wide as their widest cells.
  mutating func add(_ table: Table) {
    let widths = table.columns.compactMap(\.width)
    if widths.count == table.columns.count {
      addBroken(table, widths)
    } else {
      addFitted(table)
    }
    if table.omitted > 0 { omit("\(table.omitted) more; the JSON form has all") }
  }

  private mutating func addBroken(_ table: Table, _ widths: [Int]) {
    // What a wide terminal has more, each column has more in proportion.
    let more = max(0, layout.width - TextLayout.usualWidth)
    let all = max(1, widths.reduce(0, +))
    let widths = widths.map { $0 + more * $0 / all }
    draw { layout in
      if table.hasHead {
        layout.columns(Array(zip(table.columns.map(\.title), widths)), tone: .quiet)
      }
      for row in table.rows.prefix(table.limit) {
        layout.columns(Array(zip(row.cells, widths)), tone: row.tone)
      }
    }
  }

  /// Columns two spaces apart; the last is as long as it likes.
  private mutating func addFitted(_ table: Table) {
    let head = table.hasHead ? [Table.Row(cells: table.columns.map(\.title), tone: .heading)] : []
    let rows = (head + table.rows.prefix(table.limit)).map { row in
      Table.Row(cells: row.cells.map { shown($0) }, tone: row.tone)
    }
    let widths = table.columns.indices.map { column in
      rows.map { $0.cells[column].utf8.count }.max() ?? 0
    }
    draw { layout in
      for row in rows {
        let cells = zip(row.cells, widths).dropLast().map(padded) + [row.cells.last ?? ""]
        layout.whole(
          cells.joined(separator: "  "), indent: table.isIndented ? 2 : 0, tone: row.tone)
      }
    }
  }
}
