/// A page of the manual, which is Markdown, as part of a manual page.
extension ManText {
  /// Paragraphs, lists, tables and blocks of code; headings become subsections. The first heading is left out.
  mutating func page(_ markdown: String) {
    var rest = markdown.split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)[...]
    var isFirst = true
    while let line = rest.first {
      if line.isEmpty || line.hasPrefix("# ") {
        rest.removeFirst()
        continue
      }
      if line.hasPrefix("## ") {
        rest.removeFirst()
        macro("Ss", String(line.dropFirst(3)))
        isFirst = true
        continue
      }
      if line.hasPrefix("```") {
        let block = rest.dropFirst().prefix { !$0.hasPrefix("```") }
        rest = rest.dropFirst(block.count + 2)
        literal(Array(block))
      } else if line.hasPrefix("|") {
        let rows = rest.prefix { $0.hasPrefix("|") }
        rest = rest.dropFirst(rows.count)
        table(Array(rows))
      } else if isItem(line) {
        let block = rest.prefix { !$0.isEmpty }
        rest = rest.dropFirst(block.count)
        list(Array(block))
      } else {
        let paragraph = rest.prefix { !$0.isEmpty && !$0.hasPrefix("|") && !$0.hasPrefix("```") }
        rest = rest.dropFirst(paragraph.count)
        if !isFirst { macro("Pp") }
        prose(paragraph.joined(separator: " "))
      }
      isFirst = false
    }
  }

  private func isItem(_ line: String) -> Bool {
    line.hasPrefix("- ") || line.firstMatch(of: #/^[0-9]+\. /#) != nil
  }

  private mutating func list(_ lines: [String]) {
    macro(lines[0].hasPrefix("- ") ? "Bl -bullet -compact" : "Bl -enum -compact")
    var items: [String] = []
    for line in lines {
      if isItem(line) {
        items.append(line.split(separator: " ").dropFirst().joined(separator: " "))
      } else {
        items[items.count - 1] += " " + line.drop { $0 == " " }
      }
    }
    for item in items {
      macro("It")
      prose(item)
    }
    macro("El")
  }

  /// The first column names what the others tell of.
  private mutating func table(_ rows: [String]) {
    macro("Bl -tag -width Ds")
    for row in rows.dropFirst(2) {
      let cells = row.replacing("\\|", with: "\u{1}").split(
        separator: "|", omittingEmptySubsequences: false
      ).dropFirst().dropLast().map {
        String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
          .replacing("\u{1}", with: "|")
      }
      guard let name = cells.first else { continue }
      macro("It", Self.word(name.replacing("`", with: "")))
      prose(cells.dropFirst().filter { !$0.isEmpty }.joined(separator: "; "))
    }
    macro("El")
  }
}
