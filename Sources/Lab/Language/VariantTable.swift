/// The rows of an `Each:` section: one fixture for each, `{column}` replaced everywhere.
///
/// Faults come in families (a silent stop at every stage); a family is one story and one script.
struct VariantTable {
  /// Column name to text, one dictionary a row; one empty row when the file has no table.
  let rows: [[String: String]]

  init(_ lines: [SourceLine]) throws(FixtureError) {
    guard let header = lines.first else {
      rows = [[:]]
      return
    }
    let columns = try Self.cells(header)
    guard columns.contains("name") else {
      throw header.error(
        "the table has no column \"name\"",
        mend: "give each row the last part of its fixture's name")
    }
    guard lines.count > 1 else {
      throw header.error("the table has no rows", mend: "write one below it for each fixture")
    }
    var rows: [[String: String]] = []
    for line in lines.dropFirst() {
      let cells = try Self.cells(line)
      guard cells.count == columns.count else {
        throw line.error(
          "this row has \(cells.count) cells, and the table \(columns.count) columns",
          mend: "every row needs a cell for " + columns.joined(separator: ", "))
      }
      let row = Dictionary(zip(columns, cells)) { first, _ in first }
      if let name = row["name"], rows.contains(where: { $0["name"] == name }) {
        throw line.error("two rows are called \"\(name)\"", mend: "give one of them another name")
      }
      rows.append(row)
    }
    self.rows = rows
  }

  /// `lines` with the cells of a row put in.
  static func fill(_ lines: [SourceLine], with row: [String: String])
    throws(FixtureError) -> [SourceLine]
  {
    var filled: [SourceLine] = []
    for line in lines {
      var text = ""
      var rest = line.text[...]
      while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
        let name = String(rest[rest.index(after: open)..<close])
        guard let cell = row[name] else {
          throw line.error(
            "no column is called \"\(name)\"", known: row.keys.sorted(),
            mend: row.isEmpty
              ? "add an \"Each:\" section" : "write a brace as \\x7B if you mean one")
        }
        text += rest[..<open] + cell
        rest = rest[rest.index(after: close)...]
      }
      filled.append(SourceLine(file: line.file, number: line.number, text: text + rest))
    }
    return filled
  }

  private static func cells(_ line: SourceLine) throws(FixtureError) -> [String] {
    let text = line.text.trimmed
    guard text.count > 1, text.hasPrefix("|"), text.hasSuffix("|") else {
      throw line.error(
        "a row of a table begins and ends with |", mend: "write \"| name | ... |\"")
    }
    return text.dropFirst().dropLast()
      .split(separator: "|", omittingEmptySubsequences: false)
      .map { $0.trimmed }
  }
}
