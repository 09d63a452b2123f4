import Diagnosis
import SessionTrace

/// The parts of a page that have rows.
extension HTMLFold {
  mutating func add(_ table: Table) {
    page.inside("div", attributes: " class=\"wide\"") { page in
      page.raw("<table>\n")
      if table.hasHead {
        let head = table.columns.map { column in
          "<th\(column.content == .number ? " class=\"n\"" : "")>\(htmlText(column.title))</th>"
        }.joined()
        page.raw("<tr class=\"head\">\(head)</tr>\n")
      }
      for row in table.rows.prefix(min(table.limit, Self.most)) {
        let cells = zip(row.cells, table.columns).map { cell, column in
          // On a phone a row is a list, and each cell bears its column's title.
          "<td\(column.content == .number ? " class=\"n\"" : "")"
            + (column.title.isEmpty ? "" : " data-title=\"\(htmlText(column.title))\"")
            + ">\(htmlText(cell))</td>"
        }
        page.raw("<tr\(row.tone.htmlAttribute)>\(cells.joined())</tr>\n")
      }
      page.raw("</table>\n")
    }
    omit(table.rows.count - min(table.limit, Self.most))
  }

  /// Both directions in the order of time.
  mutating func add(_ rows: [DialogueRow]) {
    let half = Self.most / 2
    page.raw("<div class=\"talk mono\">\n")
    for (number, row) in rows.enumerated() {
      if rows.count > Self.most, number == half {
        page.raw("<div class=\"pause\"><span></span><span></span>")
        page.raw("<span>... \(rows.count - Self.most) lines left out</span></div>\n")
      }
      guard rows.count <= Self.most || number < half || number >= rows.count - half else {
        continue
      }
      add(row)
    }
    page.raw("</div>\n")
  }

  private mutating func add(_ row: DialogueRow) {
    let (mark, style) =
      switch row.speaker {
      case .we: ("C:", "ours")
      case .they: ("S:", "they")
      case .nobody: ("", "pause")
      case .violation: ("!!", "bad")
      }
    let remark = row.remark.isEmpty ? "" : " <small>\(htmlText(row.remark))</small>"
    page.raw(
      "<div class=\"\(style)\"><span class=\"t\">\(row.at.map(secondsText) ?? "")</span>"
        + "<span>\(mark)</span><span>\(htmlText(row.text))\(remark)</span></div>\n")
  }

  mutating func add(_ finding: Finding) {
    let tone =
      switch finding.grade {
      case .confirmed: " bad"
      case .consistent: " warning"
      case .notShown, .excluded: ""
      }
    page.inside("div", attributes: " class=\"finding\(tone)\"") { page in
      page.raw("<span class=\"grade\">\(htmlText(finding.grade.text))</span>")
      page.raw("<b>\(htmlText(finding.text))</b>\n")
      let reasons = [("for", finding.pro), ("against", finding.con), ("decides", finding.open)]
        .flatMap { label, texts in texts.map { (label, $0) } }
      guard !reasons.isEmpty else { return }
      page.inside("dl") { page in
        for (label, text) in reasons {
          page.raw("<dt>\(label)</dt><dd>\(htmlText(text))</dd>\n")
        }
      }
    }
  }

  /// Words and the line to copy, under the name of whom they are for.
  mutating func add(_ groups: [RemedyGroup]) {
    for group in groups {
      if !group.name.isEmpty { page.element("h3", group.name) }
      for remedy in group.remedies {
        if let text = remedy.text { page.element("p", text) }
        if let setting = remedy.setting {
          page.raw("<pre><span>\(htmlText(setting))</span></pre>\n")
        }
      }
    }
  }

  /// Control and variation side by side, a dot for each session.
  mutating func add(_ contrasts: [Contrast]) {
    page.inside("div", attributes: " class=\"multiples\"") { page in
      for contrast in contrasts.prefix(Self.most) {
        page.raw("<div><b>\(htmlText(contrast.name))</b>")
        for (label, side) in [("as given", contrast.control), ("varied", contrast.variant)] {
          page.raw(
            "<span>\(label): \(htmlText(side.value))</span>"
              + (OutcomeDots(failed: side.failed, total: side.total).figure ?? ""))
        }
        page.raw(
          "<span\(contrast.tone.htmlAttribute)>\(htmlText(contrast.result))</span></div>\n")
      }
    }
  }
}
