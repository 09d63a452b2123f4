extension TextFold {
  /// Columns of the widths that the table has, or as wide as their widest cells; where there is no room for them,
  /// narrower ones, and where their words do not fit either, a paragraph a row.
  mutating func add(_ table: Table) {
    let widths = table.columns.compactMap(\.width)
    let fitting = Columns(of: table, in: layout.width)
    if widths.count == table.columns.count, layout.width >= TextLayout.usualWidth {
      addBroken(table, widths)
    } else if let fitting {
      addFitted(table, fitting)
    } else {
      addLoose(table)
    }
    if table.omitted > 0 { omit("\(table.omitted) more; the JSON form has all") }
  }

  private mutating func addBroken(_ table: Table, _ widths: [Int]) {
    // What a wide terminal has more, each column has more in proportion.
    let more = layout.width - TextLayout.usualWidth
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

  /// Columns two spaces apart.
  private mutating func addFitted(_ table: Table, _ columns: Columns) {
    let head = table.hasHead ? [Table.Row(cells: table.columns.map(\.title), tone: .heading)] : []
    draw { layout in
      for row in head + table.rows.prefix(table.limit) {
        let cells = zip(row.cells, columns.widths).map { (text: $0, width: $1 + Columns.gap) }
        layout.columns(cells, indent: columns.indent, gap: Columns.gap, tone: row.tone)
      }
    }
  }

  /// `FAIL; case: the 513-byte wall; expected: ok; ...`.
  private mutating func addLoose(_ table: Table) {
    let indent = table.isIndented ? 2 : 0
    draw { layout in
      for row in table.rows.prefix(table.limit) {
        let cells = zip(table.columns, row.cells).map { column, cell in
          column.title.isEmpty ? cell : "\(column.title): \(cell)"
        }
        layout.paragraph(
          cells.joined(separator: "; "), indent: indent, hanging: indent + 2, tone: row.tone)
      }
    }
  }
}

/// How wide the columns of a table are that has none of its own.
private struct Columns {
  static let gap = 2

  let indent: Int
  private(set) var widths: [Int]

  /// As wide as their widest cells; where that is too wide, the widest of them give way, as far as their longest
  /// words let them. `nil` where no words fit side by side.
  init?(of table: Table, in room: Int) {
    indent = table.isIndented ? 2 : 0
    let head = table.hasHead ? [table.columns.map(\.title)] : []
    let rows = (head + table.rows.prefix(table.limit).map(\.cells)).map { $0.map { shown($0) } }
    widths = table.columns.indices.map { column in rows.map { $0[column].utf8.count }.max() ?? 0 }
    let least = table.columns.indices.map { column in
      rows.flatMap { $0[column].split(separator: " ").map(\.utf8.count) }.max() ?? 0
    }
    let room = room - indent - Self.gap * (widths.count - 1)
    guard least.reduce(0, +) <= room else { return nil }
    widths = widths.map { min($0, room) }
    while widths.reduce(0, +) > room {
      let giving = widths.indices.filter { widths[$0] > least[$0] }
      guard let widest = giving.max(by: { widths[$0] < widths[$1] }) else { return nil }
      widths[widest] -= 1
    }
  }
}
