import Diagnosis

/// A Markdown document that is safe by construction: CommonMark with the tables of GitHub.
package struct MarkdownPage {
  private var text = ""

  package init() {}

  /// The document, ending in a line feed.
  package var bytes: [UInt8] { Array(text.utf8) }

  /// A title; `title` is our own text.
  package mutating func heading(_ level: Int, _ title: String) {
    if !text.isEmpty { text += "\n" }
    text += String(repeating: "#", count: level) + " " + title + "\n"
  }

  /// Prose, a paragraph or a list; `prose` is our own text, Markdown already.
  package mutating func paragraph(_ prose: String) { text += "\n" + prose + "\n" }

  /// Plain text as it is, behind a fence that nothing in it can close; nothing when there is none.
  mutating func fence(_ language: String, _ build: (inout TextLayout) -> Void) {
    var layout = TextLayout()
    build(&layout)
    guard !layout.lines.isEmpty else { return }
    let content = String(decoding: layout.bytes(.plain), as: UTF8.self)
    let mark = String(repeating: "`", count: max(3, longestRun(in: content) + 1))
    text += "\n\(mark)\(language)\n\(content)\(mark)\n"
  }

  /// A section with its title outside of the fence; nothing when it is empty.
  mutating func section(_ title: String, _ build: (inout TextLayout) -> Void) {
    var layout = TextLayout()
    build(&layout)
    guard !layout.lines.isEmpty else { return }
    heading(2, title)
    layout.dropHeading()
    fence("text") { $0 = layout }
  }

  /// Two columns, the second in code spans; a value that is too long goes on in the next row.
  mutating func table(_ rows: [(String, String)]) {
    text += "\n| what | value |\n| --- | --- |\n"
    for (label, value) in rows {
      var label = label
      var rest = Substring(printable(value))
      repeat {
        var piece = rest.prefix(TextLayout.width)
        while row(label, piece).count > TextLayout.width, piece.count > 1 {
          piece = piece.dropLast()
        }
        text += row(label, piece) + "\n"
        rest = rest.dropFirst(piece.count)
        label = ""
      } while !rest.isEmpty
    }
  }

  /// A table of any columns, each cell in a code span; `columns` are our own text.
  package mutating func table(_ columns: [String], _ rows: [[String]]) {
    text += "\n" + line(columns) + "\n" + line(columns.map { _ in "---" }) + "\n"
    for cells in rows { text += line(cells.map { span(printable($0)) }) + "\n" }
  }

  private func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }

  private func row(_ label: String, _ value: Substring) -> String {
    "| \(label) | \(span(String(value))) |"
  }

  /// A code span. A pipe would end the cell in some readers however it is escaped, so it stands there
  /// as the trace writes bytes, `\x7C`.
  private func span(_ content: String) -> String {
    let mark = String(repeating: "`", count: longestRun(in: content) + 1)
    return
      "\(mark) \(content.split(separator: "|", omittingEmptySubsequences: false).joined(separator: #"\x7C"#)) \(mark)"
  }

  private func longestRun(in content: String) -> Int {
    var longest = 0
    var run = 0
    for character in content {
      run = character == "`" ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }
}
