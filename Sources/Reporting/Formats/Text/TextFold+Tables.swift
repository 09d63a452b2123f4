extension TextFold {
  /// Columns of the widths that the table has, or as wide as their widest cells: programs read a row a line. Who
  /// asks for a narrow page gets narrower columns, and where their words do not fit either, a paragraph a row.
  mutating func add(_ table: Table) {
    let widths = table.columns.compactMap(\.width)
    let isNarrow = layout.width < TextLayout.usualWidth
    if !isNarrow, widths.count == table.columns.count {
      addBroken(table, widths)
    } else if !isNarrow {
      addWhole(table)
    } else if let fitting = Columns(of: table, in: layout.width) {
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

  /// Columns two spaces apart; the last is as long as it likes.
  private mutating func addWhole(_ table: Table) {
    let rows = Columns.rows(of: table)
    let widths = Columns.widest(rows, of: table)
    draw { layout in
      for row in rows {
        let cells = zip(row.cells, widths).dropLast().map(padded) + [row.cells.last ?? ""]
        layout.whole(
          cells.joined(separator: "  "), indent: table.isIndented ? 2 : 0, tone: row.tone)
      }
    }
  }

  /// Columns two spaces apart, each as wide as there is room for.
  private mutating func addFitted(_ table: Table, _ columns: Columns) {
    draw { layout in
      for row in Columns.rows(of: table) {
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

  /// The head, where there is one, and the rows that are shown, as they are shown.
  static func rows(of table: Table) -> [Table.Row] {
    let head = table.hasHead ? [Table.Row(cells: table.columns.map(\.title), tone: .heading)] : []
    return (head + table.rows.prefix(table.limit)).map { row in
      Table.Row(cells: row.cells.map { shown($0) }, tone: row.tone)
    }
  }

  static func widest(_ rows: [Table.Row], of table: Table) -> [Int] {
    table.columns.indices.map { column in rows.map { $0.cells[column].utf8.count }.max() ?? 0 }
  }

  /// As wide as their widest cells; where that is too wide, the widest of them give way, as far as their longest
  /// words let them. `nil` where no words fit side by side.
  init?(of table: Table, in room: Int) {
    indent = table.isIndented ? 2 : 0
    let rows = Self.rows(of: table)
    widths = Self.widest(rows, of: table)
    let least = table.columns.indices.map { column in
      rows.flatMap { $0.cells[column].split(separator: " ").map(\.utf8.count) }.max() ?? 0
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
