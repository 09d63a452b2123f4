package import Diagnosis

/// A part of the catalogue of causes, to be read by people or programs.
package struct CatalogueDocument: Sendable {
  /// How much of each entry is shown.
  package enum Detail: Sendable {
    /// One line an entry, by family.
    case list
    /// One line an entry, in the order given: what a search found.
    case hits
    /// Everything.
    case whole
  }

  private let entries: [CatalogueEntry]
  private let remark: CatalogueRemark?
  private let detail: Detail

  /// These entries; the placeholders of their remedies are filled in for `place`.
  package init(
    entries: [CatalogueEntry], detail: Detail, place: RemedyPlace = RemedyPlace()
  ) {
    self.entries = entries.map { $0.filled(for: place) }
    self.remark = nil
    self.detail = detail
  }

  /// A remark on an id that is no cause by itself.
  package init(remark: CatalogueRemark) {
    self.entries = []
    self.remark = remark
    self.detail = .whole
  }

  /// The document in one format; `style` matters to text alone.
  package func render(_ format: ReportFormat, style: TextStyle) -> [UInt8] {
    switch format {
    case .text:
      var layout = TextLayout()
      write(to: &layout)
      return layout.bytes(style)
    case .markdown:
      var page = MarkdownPage()
      page.heading(1, "Known causes")
      page.fence("text") { write(to: &$0) }
      return page.bytes
    case .json:
      return jsonDocument(Record(entries: entries, remarks: remark.map { [$0] } ?? []))
    }
  }

  private func write(to layout: inout TextLayout) {
    switch detail {
    case .list: layout.list(of: entries)
    case .hits: layout.hits(entries)
    case .whole:
      for entry in entries { layout.explanation(of: entry) }
      if let remark { layout.explanation(of: remark) }
    }
  }

  private struct Record: Encodable {
    let entries: [CatalogueEntry]
    let remarks: [CatalogueRemark]

    private enum CodingKeys: String, CodingKey {
      case kind, entries, remarks
      case schemaVersion = "schema_version"
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(SessionReport.schemaVersion, forKey: .schemaVersion)
      try container.encode("catalogue", forKey: .kind)
      try container.encode(entries, forKey: .entries)
      try container.encode(remarks, forKey: .remarks)
    }
  }
}
