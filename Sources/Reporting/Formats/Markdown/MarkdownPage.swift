import Diagnosis

/// A page of Markdown, written from its head on.
struct MarkdownPage {
  private(set) var bytes: [UInt8] = []

  /// A title and what helps to read the rest.
  mutating func heading(_ level: Int, _ heading: Heading) {
    let marks = String(repeating: "#", count: level)
    write((bytes.isEmpty ? "" : "\n") + "\(marks) \(inOneLine(heading.title))")
    if heading.remark.isEmpty { return }
    write("")
    words(heading.remark)
  }

  /// However long: a title ends with its line.
  private func inOneLine(_ wording: Wording) -> String {
    wording.parts.map { part in
      switch part {
      case .ours(let text): text
      case .theirs: pieces(of: part).words.joined(separator: " ")
      }
    }.joined()
  }

  /// Prose, a paragraph or a list; `prose` is our own text, Markdown already.
  mutating func paragraph(_ prose: String) { write("\n" + prose) }

  /// Plain text as it is, behind a fence that nothing in it can close; nothing when there is none.
  mutating func fence(_ language: String, _ layout: TextLayout) {
    guard !layout.lines.isEmpty else { return }
    let content = layout.bytes(.plain)
    let mark = String(repeating: "`", count: max(3, longestRun(in: content) + 1))
    write("\n\(mark)\(language)")
    bytes += content
    write(mark)
  }

  /// Plain words first: what is the matter, what to do, whom to write to.
  mutating func guidance(_ guidance: Guidance) {
    write("")
    words(guidance.sentence)
    if !guidance.steps.isEmpty {
      write("\n**What to do**\n")
      for (number, step) in guidance.steps.enumerated() { words(step, prefix: "\(number + 1). ") }
    }
    if let addressee = guidance.addressee {
      write("\n**Whom to write to first**\n")
      words(addressee)
    }
  }

  /// What follows is folded. The line is HTML, in which Markdown is none; and code, in which nobody is mentioned.
  mutating func beginDetails(_ title: Wording) {
    write("\n<details>\n<summary>\(html(title))</summary>")
  }

  mutating func endDetails() { write("\n</details>") }

  /// Our words, with anybody's in code spans of which none is broken: a line can begin with nothing but
  /// our own letters and a backtick.
  private mutating func words(_ wording: Wording, prefix: String = "") {
    var line = prefix
    var isBegun = false
    var glue = false
    for part in wording.parts {
      let (words, isSpaced) = pieces(of: part)
      for (number, word) in words.enumerated() {
        let isApart = isBegun && !(number == 0 && glue && !isSpaced)
        if isApart, line.utf8.count + 1 + word.utf8.count > TextLayout.usualWidth - 2 {
          write(line)
          line = String(repeating: " ", count: prefix.utf8.count) + word
        } else {
          line += (isApart ? " " : "") + word
        }
        isBegun = true
      }
      glue = !endsInSpace(part)
    }
    write(line)
  }

  private func endsInSpace(_ part: Wording.Part) -> Bool {
    if case .ours(let text) = part { text.last == " " } else { false }
  }

  /// What may not be broken, and whether a blank stands in front of the first.
  private func pieces(of part: Wording.Part) -> (words: [String], isSpaced: Bool) {
    switch part {
    case .ours(let text):
      return (text.split(separator: " ").map(String.init), text.first == " ")
    case .theirs(let text):
      // One span however long: what somebody copies is whole, and whoever shows the page breaks it at
      // its blanks. A backtick in it stands as the trace writes bytes.
      let quoted = shown(text, limit: 600).replacing("`", with: #"\x60"#)
      return (["`\(quoted.isEmpty ? " " : quoted)`"], false)
    }
  }

  /// Two columns, the second in code spans; a value that is too long goes on in the next row.
  mutating func facts(_ fields: [Field]) {
    write("\n| what | value |\n| --- | --- |")
    for field in fields { rows(field.label, shown(field.value)) }
  }

  /// The same without a head.
  mutating func evidence(_ fields: [Field]) {
    write("\n| | |\n| --- | --- |")
    for field in fields { rows(field.label, shown(field.value, limit: 600)) }
  }

  /// A value in as many rows as it needs, parted between its words: a table is as wide as its widest row.
  private mutating func rows(_ label: String, _ value: String) {
    let bytes = Self.cell(value)
    let room = TextLayout.usualWidth - row(label, []).utf8.count - 2 * longestRun(in: bytes)
    let pieces = Wrapping(room: max(room, 20)).words(of: bytes)
    for (number, piece) in (pieces.isEmpty ? [[]] : pieces).enumerated() {
      write(row(number == 0 ? label : "", piece[...]))
    }
  }

  /// A table of any columns, each cell that may be anybody's in a code span; titles are our own text.
  mutating func table(_ table: Table) {
    write("\n" + line(table.columns.map(\.title)))
    write(line(table.columns.map { _ in "---" }))
    for row in table.rows.prefix(table.limit) {
      write(
        line(
          zip(row.cells, table.columns).map { cell, column in
            switch column.content {
            case .words, .number: span(Self.cell(shown(cell))[...])
            case .prose: cell
            }
          }))
    }
    if table.omitted > 0 { paragraph("... \(table.omitted) more; the JSON form has all") }
  }

  private mutating func write(_ line: String) {
    bytes += line.utf8
    bytes.append(UInt8(ascii: "\n"))
  }

  private func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }

  private func row(_ label: String, _ value: ArraySlice<UInt8>) -> String {
    "| \(label) | \(span(value)) |"
  }

  /// Bytes as a code span in a table shows them whole: a pipe would end the cell in some readers however it is
  /// escaped, and a blank by another blank or at an end is not shown; both stand there as the trace writes bytes.
  private static func cell(_ value: String) -> [UInt8] {
    let (pipe, blank) = (UInt8(ascii: "|"), UInt8(ascii: " "))
    let bytes = Array(value.utf8)
    return bytes.indices.flatMap { index -> [UInt8] in
      guard bytes[index] == blank else {
        return bytes[index] == pipe ? Array(#"\x7C"#.utf8) : [bytes[index]]
      }
      let isShown = index > 0 && bytes[index - 1] != blank && index < bytes.count - 1
      return isShown ? [blank] : Array(#"\x20"#.utf8)
    }
  }

  private func span(_ content: ArraySlice<UInt8>) -> String {
    let mark = String(repeating: "`", count: longestRun(in: content) + 1)
    return "\(mark) \(String(decoding: content, as: UTF8.self)) \(mark)"
  }

  private func longestRun(in content: some Sequence<UInt8>) -> Int {
    var longest = 0
    var run = 0
    for byte in content {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }
}
