import Diagnosis
import SessionTrace

/// Blocks as text: the answer first.
struct TextFold {
  private(set) var layout: TextLayout
  /// What its reader can be shown, and wants to see.
  let look: Look

  /// The most lines, spans or points of one block that are drawn.
  static let most = 400

  /// The document as text, each line with its line feed.
  static func render(_ document: any Document, _ look: Look) -> [UInt8] {
    var fold = TextFold(look)
    fold.add(document.blocks)
    return fold.layout.bytes(look.style)
  }

  init(_ look: Look = Look()) {
    layout = TextLayout(width: look.width)
    self.look = look
  }

  /// Blocks of a list's point are set in by its depth.
  mutating func add(_ blocks: [Block], depth: Int = 0) {
    for block in blocks { add(block, depth: depth) }
  }

  /// One block, under those before it.
  mutating func add(_ block: Block, depth: Int = 0) {
    switch block {
    case .heading(let heading): add(heading)
    case .answer(let answer): add(answer, indent: 0, hanging: 2)
    case .compared(let session):
      layout.paragraph(
        "\(session.label)  \(session.name)", indent: 0, hanging: 3, tone: .heading)
      add(session.answer, indent: 3, hanging: 3)
    case .paragraph(let paragraph):
      let indent = paragraph.isLead ? 0 : 2 + 2 * depth
      layout.paragraph(paragraph.text, indent: indent, hanging: indent, tone: paragraph.tone)
    case .prose(let text): layout.paragraph(text)
    case .fields(let fields), .facts(let fields):
      for field in fields { layout.field(field.label, field.value, tone: field.tone) }
    case .list(let items): add(items)
    case .table(let table): add(table)
    case .titles(let titles, let byFamily):
      for title in titles {
        layout.paragraph(title, indent: byFamily ? 2 : 0, hanging: byFamily ? 6 : 4)
      }
    case .finding(let finding): add(finding)
    case .remedies(let groups): for group in groups { add(group) }
    case .command(let command): layout.command(command, indent: 4 + 2 * depth)
    case .script(let command): layout.command(command, indent: 0)
    case .ledger(let ledger):
      layout.field("ledger", ledger.inWords)
    case .timeline(let timeline): add(timeline)
    case .dialogue(let rows): add(rows)
    case .ladder(let ladder): add(ladder)
    case .strip(let marks): add(marks)
    case .entry(let entry):
      layout.blankLine()
      layout.line(entry.title, hanging: 2, tone: entry.tone)
      for line in entry.lines {
        if entry.isDump {
          layout.whole(line, indent: 2)
        } else {
          layout.line(line, indent: 2, hanging: 4)
        }
      }
      if let command = entry.command { layout.command(command) }
    case .only(.terminal, let blocks): add(blocks, depth: depth)
    case .only(.closeUp, let blocks): if look.isClose { add(blocks, depth: depth) }
    case .only(.unseen, let blocks): if !look.isWatched { add(blocks, depth: depth) }
    case .details(let title, let blocks):
      add(.heading(.section, title), depth: depth)
      add(blocks, depth: depth)
    case .only(.page, _), .guidance, .way, .contrasts, .cases, .vitals, .recording: break
    }
  }

  /// What stands in the place of what is left out.
  mutating func omit(_ words: String, indent: Int = 2) {
    layout.paragraph("... \(words)", indent: indent, hanging: indent, tone: .quiet)
  }

  /// Hands a drawing the layout to draw on.
  mutating func draw(_ drawing: (inout TextLayout) -> Void) { drawing(&layout) }

  private mutating func add(_ heading: Heading) {
    switch heading.level {
    case .document, .chapter: break
    case .section, .part: layout.heading(heading.title.text, remark: heading.remark.text)
    }
  }

  private mutating func add(_ answer: Answer, indent: Int, hanging: Int) {
    layout.paragraph(
      "\(answer.title): \(answer.text)", indent: indent, hanging: hanging, tone: answer.tone)
  }

  private mutating func add(_ items: [ListItem]) {
    for item in items.prefix(Self.most) {
      layout.point(item.text, tone: item.tone)
      add(item.body, depth: 1)
    }
    if items.count > Self.most { omit("\(items.count - Self.most) more") }
  }

  private mutating func add(_ finding: Finding) {
    let tone: Tone =
      switch finding.grade {
      case .confirmed: .bad
      case .consistent: .warning
      case .notShown, .excluded: .quiet
      }
    layout.field(finding.grade.text, finding.text, tone: tone)
    for (label, texts) in [
      ("for", finding.pro), ("against", finding.con), ("decides", finding.open),
    ] {
      for (number, text) in texts.enumerated() {
        layout.field(number == 0 ? "  " + label : "", text, hanging: 2)
      }
    }
  }

  /// Words and the line to copy; near the left edge, so that hardly any line has to be broken.
  private mutating func add(_ group: RemedyGroup) {
    for (number, remedy) in group.remedies.enumerated() {
      if group.name.isEmpty {
        if let setting = remedy.setting {
          layout.paragraph(setting, indent: 4, hanging: 6, tone: .ours)
        }
        if let text = remedy.text { layout.paragraph(text, indent: 6, hanging: 6) }
        continue
      }
      let label = number == 0 ? group.name : ""
      if let text = remedy.text {
        layout.field(label, text)
      } else if number == 0 {
        layout.row("  " + label)
      }
      if let setting = remedy.setting {
        layout.paragraph(setting, indent: 4, hanging: 8, tone: .ours)
      }
    }
  }
}
