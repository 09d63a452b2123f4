import Diagnosis

extension TextLayout {
  /// One line an entry, by family; a long title goes on under itself.
  mutating func list(of entries: [CatalogueEntry]) {
    for family in CatalogueFamily.allCases {
      let members = entries.filter { $0.family == family }
      guard !members.isEmpty else { continue }
      heading("\(family.rawValue)  \(family.title)")
      for entry in members {
        paragraph(
          line(for: entry), indent: 2, hanging: 6)
      }
    }
  }

  /// One line an entry, in the order given.
  mutating func hits(_ entries: [CatalogueEntry]) {
    for entry in entries { paragraph(line(for: entry), indent: 0, hanging: 4) }
    paragraph("smtpprobe explain ID tells all about one of them.", indent: 0, tone: .quiet)
  }

  private func line(for entry: CatalogueEntry) -> String {
    "\(entry.code) \(entry.id): \(entry.title)"
  }

  /// An entry in full.
  mutating func explanation(of entry: CatalogueEntry) {
    heading("\(entry.code) \(entry.id)", remark: entry.family?.title ?? "")
    paragraph(entry.title, indent: 0, hanging: 0, tone: .good)
    if !entry.aliases.isEmpty {
      paragraph(
        "also " + entry.aliases.joined(separator: ", "), indent: 0, hanging: 0, tone: .quiet)
    }
    section("What happens", entry.mechanism)
    section("What a session shows", entry.signature)
    section("What tells it apart", entry.experiment)
    if !entry.remedies.isEmpty {
      heading("What to do")
      remedies(entry.remedies)
    }
    names("What looks alike", entry.twins.map(nameWithTitle))
    names("In the lab", entry.fixtures.map { "smtpprobe lab show \($0)" })
    names("Sources", entry.sources)
  }

  /// A remark, and where to read on.
  mutating func explanation(of remark: CatalogueRemark) {
    heading(remark.id, remark: "a hazard, no cause by itself")
    paragraph(remark.text)
    names("See also", remark.entries.map(nameWithTitle))
  }

  private mutating func section(_ title: String, _ text: String) {
    heading(title)
    paragraph(text)
  }

  private mutating func names(_ title: String, _ points: [String]) {
    guard !points.isEmpty else { return }
    heading(title)
    for text in points { point(text) }
  }

  private func nameWithTitle(_ id: String) -> String {
    guard let entry = Catalogue.entry(id: id) else { return id }
    return line(for: entry)
  }
}
