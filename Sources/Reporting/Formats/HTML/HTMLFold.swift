import Diagnosis
import SessionTrace

/// Blocks as one self-contained page of HTML: no script, nothing to load, light and dark, and printable.
///
/// What a ladder, a ledger or a strip says is drawn (SVG) where it is worth looking at, in the place where a
/// reader looks first; the details stand below, folded.
struct HTMLFold {
  var page = HTMLPage()
  /// The most rows, points or lines of one block that are written.
  static let most = 400

  static func render(_ document: any Document, _: Look) -> [UInt8] {
    var fold = HTMLFold()
    let blocks = document.blocks
    for block in blocks {
      fold.add(block)
      // What one wants to see stands behind the first words.
      if case .answer = block { fold.addDrawings(of: blocks) }
    }
    fold.page.raw("<footer>Made by smtpprobe \(htmlText(toolVersion)).</footer>\n")
    return fold.page.document(title: title(of: blocks))
  }

  private static func title(of blocks: [Block]) -> String {
    for case .heading(let heading) in blocks where heading.level == .document {
      return "\(heading.title.text) - smtpprobe"
    }
    return "smtpprobe"
  }

  private mutating func addDrawings(of blocks: [Block]) {
    for case .ladder(let ladder) in blocks { add(LadderDrawing(ladder)) }
    for case .way(let way) in blocks { add(HopsDrawing(way)) }
  }

  private mutating func add(_ drawing: some Drawing) {
    guard let figure = drawing.figure else { return }
    page.inside("figure") { page in
      page.raw(figure)
      page.element("figcaption", drawing.caption)
    }
  }

  mutating func add(_ blocks: [Block]) { for block in blocks { add(block) } }

  mutating func add(_ block: Block) {
    switch block {
    case .heading(let heading): add(heading)
    case .answer(let answer): add(answer)
    case .guidance(let guidance): add(guidance)
    case .compared(let session):
      page.element("h3", "\(session.label): \(session.name)")
      add(session.answer)
    case .paragraph(let paragraph):
      page.element("p", paragraph.text, attributes: paragraph.tone.htmlAttribute)
    case .prose(let text): page.element("p", text.replacing("**", with: ""))
    case .fields(let fields), .facts(let fields): add(fields)
    case .list(let items): add(items)
    case .table(let table): add(table)
    case .titles(let titles, _):
      page.inside("ul") { page in for title in titles { page.element("li", title) } }
    case .finding(let finding): add(finding)
    case .remedies(let groups): add(groups)
    case .command(let command), .script(let command): add(command)
    case .ledger(let ledger): add(LedgerDrawing(ledger))
    case .timeline(let timeline): add(StagesDrawing(timeline))
    case .dialogue(let rows): add(rows)
    // Drawn at the head of the page.
    case .ladder, .way: break
    case .contrasts(let contrasts): add(contrasts)
    case .strip(let marks): add(StripDrawing(marks))
    case .entry(let entry):
      page.element("p", entry.title, attributes: entry.tone.htmlAttribute)
      if !entry.lines.isEmpty {
        page.inside("ul") { page in for line in entry.lines { page.element("li", line) } }
      }
      if let command = entry.command { add(command) }
    case .details(let title, let blocks):
      page.raw("<details><summary>\(html(title))</summary>\n")
      add(blocks)
      page.raw("</details>\n")
    case .only(.page, let blocks), .only(.unseen, let blocks): add(blocks)
    case .only(.terminal, _), .only(.closeUp, _), .cases, .vitals, .recording: break
    }
  }

  private mutating func add(_ heading: Heading) {
    let name =
      switch heading.level {
      case .document: "h1"
      case .chapter, .section: "h2"
      case .part: "h3"
      }
    let remark = heading.remark.isEmpty ? "" : " <small>\(html(heading.remark))</small>"
    page.raw("<\(name)>\(html(heading.title))\(remark)</\(name)>\n")
  }

  private mutating func add(_ answer: Answer) {
    page.raw(
      "<div class=\"verdict \(answer.tone.htmlClass)\"><b>\(htmlText(answer.title))</b>"
        + "\(htmlText(answer.text))</div>\n")
  }

  private mutating func add(_ guidance: Guidance) {
    page.raw("<p class=\"plainly\">\(html(guidance.sentence))</p>\n")
    guard !guidance.steps.isEmpty || guidance.addressee != nil else { return }
    page.inside("div", attributes: " class=\"act\"") { page in
      if !guidance.steps.isEmpty {
        page.raw("<section><h2>What to do</h2><ol>")
        for step in guidance.steps { page.raw("<li>\(html(step))</li>") }
        page.raw("</ol></section>\n")
      }
      if let addressee = guidance.addressee {
        page.raw(
          "<section><h2>Whom to write to first</h2><p>\(html(addressee))</p></section>\n")
      }
    }
  }

  private mutating func add(_ fields: [Field]) {
    page.inside("dl") { page in
      for field in fields {
        page.raw(
          "<dt>\(htmlText(field.label))</dt><dd\(field.tone.htmlAttribute)>"
            + "\(htmlText(field.value))</dd>\n")
      }
    }
  }

  private mutating func add(_ items: [ListItem]) {
    page.raw("<ul>\n")
    for item in items.prefix(Self.most) {
      page.raw("<li><span\(item.tone.htmlAttribute)>\(htmlText(item.text))</span>")
      add(item.body)
      page.raw("</li>\n")
    }
    page.raw("</ul>\n")
    omit(items.count - Self.most)
  }

  mutating func omit(_ number: Int) {
    if number > 0 {
      page.element("p", "\(number) more; the JSON form has all.", attributes: " class=\"quiet\"")
    }
  }

  private mutating func add(_ command: ShellCommand) {
    // In a span, so that no line of the file begins with words of anybody's.
    page.raw("<pre><span>\(htmlCommand(command.line))</span></pre>\n")
  }
}

/// Our words, and anybody's as code.
func html(_ wording: Wording) -> String {
  wording.parts.map { part in
    switch part {
    case .ours(let text): htmlText(text)
    case .theirs(let text): "<code>\(htmlCommand(text))</code>"
    }
  }.joined()
}

/// A command, or other words of anybody's, whose options are not broken at their hyphens.
private func htmlCommand(_ text: String) -> String {
  htmlText(text).split(separator: " ", omittingEmptySubsequences: false).map { word in
    word.hasPrefix("-") && word.utf8.count <= 24
      ? "<span class=\"option\">\(word)</span>" : String(word)
  }.joined(separator: " ")
}
