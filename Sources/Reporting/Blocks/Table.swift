/// Rows of cells.
package struct Table: Sendable, Equatable {
  /// What stands in a column.
  package struct Column: Sendable, Equatable {
    package enum Content: Sendable {
      /// Words of a trace, or of anybody.
      case words
      case number
      /// Our own words, as in ``Block/prose(_:)``.
      case prose
    }

    package var title: String
    package var content: Content
    /// Columns of text, where cells are broken to fit; `nil` for as wide as the widest cell.
    package var width: Int?

    package init(title: String, content: Content = .words, width: Int? = nil) {
      self.title = title
      self.content = content
      self.width = width
    }
  }

  /// Cells in the order of the columns.
  package struct Row: Sendable, Equatable {
    package var cells: [String]
    package var tone: Tone

    package init(cells: [String], tone: Tone = .plain) {
      self.cells = cells
      self.tone = tone
    }
  }

  package var columns: [Column]
  package var rows: [Row]
  /// Whether it is set in from the left edge.
  package var isIndented: Bool
  /// The most rows that are drawn.
  package var limit: Int

  package init(columns: [Column], rows: [Row], isIndented: Bool = true, limit: Int = .max) {
    self.columns = columns
    self.rows = rows
    self.isIndented = isIndented
    self.limit = limit
  }

  /// How many rows are left out.
  package var omitted: Int { max(0, rows.count - limit) }

  /// Whether any column has a title.
  package var hasHead: Bool { columns.contains { !$0.title.isEmpty } }
}
