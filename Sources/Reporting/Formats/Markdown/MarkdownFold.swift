import Diagnosis

/// Blocks as a page of Markdown, safe by construction: CommonMark with the tables of GitHub.
///
/// Words of a trace stand only inside fences and code spans, where Markdown has no markup, no HTML,
/// no links and no mentions; everything outside is our own text. A fence is longer than any run of
/// backticks within.
struct MarkdownFold {
  private var page = MarkdownPage()
  /// Text that waits for its fence to be closed.
  private var text = TextFold()
  /// What an answer rests on, a row each; `nil` behind anything else.
  private var evidence: [Field]?

  /// The document as a page, ending in a line feed.
  static func render(_ document: any Document, _: Look) -> [UInt8] {
    var fold = MarkdownFold()
    for block in document.blocks { fold.add(block) }
    fold.closeTable()
    fold.closeFence()
    return fold.page.bytes
  }

  private mutating func add(_ block: Block) {
    switch (block, evidence) {
    case (.answer(let answer), _):
      closeTable()
      evidence = [Field(label: "**\(answer.title)**", value: answer.text)]
    case (.fields(let fields), let rows?): evidence = rows + fields
    case (.ledger(let ledger), let rows?):
      evidence = rows + [Field(label: "ledger", value: ledger.inWords)]
    default:
      closeTable()
      addApart(block)
    }
  }

  /// Whatever is no part of an answer.
  private mutating func addApart(_ block: Block) {
    switch block {
    case .heading(let heading):
      switch heading.level {
      case .document: write { $0.heading(1, heading) }
      case .chapter, .section: write { $0.heading(2, heading) }
      case .part: text.add(block)
      }
    case .table(let table): write { $0.table(table) }
    case .facts(let fields): write { $0.facts(fields) }
    case .prose(let prose): write { $0.paragraph(prose) }
    case .script:
      closeFence()
      text.add(block)
      closeFence(language: "sh")
    case .only(.page, let blocks), .only(.unseen, let blocks): for block in blocks { add(block) }
    case .guidance(let guidance): write { $0.guidance(guidance) }
    case .details(let title, let blocks):
      write { $0.beginDetails(title) }
      for block in blocks { add(block) }
      write { $0.endDetails() }
    case .only(.terminal, _), .only(.closeUp, _), .way, .contrasts, .cases, .vitals, .recording:
      break
    case .answer, .compared, .paragraph, .fields, .list, .titles, .finding, .remedies, .command,
      .ledger, .timeline, .dialogue, .ladder, .strip, .entry:
      text.add(block)
    }
  }

  /// Reads well on a telephone, where lines of a fence do not.
  private mutating func closeTable() {
    guard let rows = evidence else { return }
    evidence = nil
    write { $0.evidence(rows) }
  }

  private mutating func write(_ part: (inout MarkdownPage) -> Void) {
    closeTable()
    closeFence()
    part(&page)
  }

  private mutating func closeFence(language: String = "text") {
    page.fence(language, text.layout)
    text = TextFold()
  }
}
