import Diagnosis

extension CatalogueDocument: Document {
  package static let kind = DocumentKind.catalogue

  package var blocks: [Block] {
    let title: Block = .heading(.document, "Known causes")
    switch detail {
    case .list: return [title] + CatalogueFamily.allCases.flatMap(list)
    case .hits:
      let heading = logLine.map { line in
        line.blocks
          + (entries.isEmpty
            ? []
            : [.heading(.part, "What may be behind it", remark: "it ends sessions of the lab so")])
      }
      guard !entries.isEmpty else { return heading ?? [title] }
      // A line that names no stage leaves much open; a reader wants what is likely.
      let shown = entries.prefix(logLine == nil ? entries.count : 12)
      let others = entries.count - shown.count
      let end = others == 1 ? "ends" : "end"
      let rest =
        others > 0
        ? "\(others) more \(end) sessions so, and smtpprobe diagnose tells them apart; " : ""
      return (heading ?? [title]) + [
        .titles(shown.map(\.line), byFamily: false),
        .paragraph(
          rest + "smtpprobe explain ID tells all about one of them.", tone: .quiet, isLead: true),
      ]
    case .whole:
      return [title]
        + entries.flatMap { entry in
          switch entry {
          case .cause(let cause): cause.blocks(fixtures: fixtures[cause.id] ?? [])
          case .remark(let remark): remark.blocks
          }
        }
    }
  }

  /// A title a line.
  package var digest: [String] {
    entries.map(\.line)
  }

  private func list(_ family: CatalogueFamily) -> [Block] {
    let members = entries.compactMap(\.cause).filter { $0.family == family }
    guard !members.isEmpty else { return [] }
    return [
      .heading(.part, "\(ours: family.rawValue)  \(ours: family.title)"),
      .titles(members.map(\.line), byFamily: true),
    ]
  }
}

extension Catalogue.Entry {
  /// Its title in a line.
  fileprivate var line: String {
    switch self {
    case .cause(let cause): cause.line
    case .remark(let remark): "\(remark.id): \(remark.headline)"
    }
  }
}

extension Cause {
  /// `A1 reseg-boundary-loss: A firewall that …`.
  fileprivate var line: String { "\(code) \(id): \(title)" }

  /// The entry in full.
  fileprivate func blocks(fixtures: [String]) -> [Block] {
    var blocks: [Block] = [
      .heading(
        .part, "\(ours: code) \(ours: id.rawValue)", remark: "\(ours: family?.title ?? "")"),
      .paragraph(title, tone: .good, isLead: true),
    ]
    if !aliases.isEmpty {
      blocks.append(
        .paragraph(
          "also " + aliases.map(\.rawValue).joined(separator: ", "), tone: .quiet, isLead: true))
    }
    for (title, text) in [
      ("What happens", mechanism), ("What a session shows", symptoms),
      ("What tells it apart", experiment),
    ] {
      blocks += [.heading(.part, "\(ours: title)"), .paragraph(text)]
    }
    if !remedies.groups.isEmpty {
      blocks += [.heading(.part, "What to do"), .remedies(remedies.groups)]
    }
    return blocks
      + Block.list(.part, "What looks alike", twins.map(nameWithTitle))
      + Block.list(.part, "In the lab", fixtures.map { "smtpprobe lab show \($0)" })
      + Block.list(.part, "Sources", sources)
  }
}

extension CatalogueRemark {
  /// The remark, and where to read on.
  fileprivate var blocks: [Block] {
    [
      .heading(.part, "\(ours: id.rawValue)", remark: "a hazard, no cause by itself"),
      .paragraph(text),
    ]
      + Block.list(.part, "See also", causes.map(nameWithTitle))
  }
}

private func nameWithTitle(_ id: CauseID) -> String {
  Catalogue.cause(id)?.line ?? id.rawValue
}
