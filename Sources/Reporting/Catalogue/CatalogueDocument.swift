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

  let entries: [Cause]
  let remark: CatalogueRemark?
  let detail: Detail

  /// These entries; the placeholders of their remedies are filled in for `place`.
  package init(
    entries: [Cause], detail: Detail, place: RemedyPlace = RemedyPlace()
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
}

extension CatalogueDocument: Encodable {
  private enum CodingKeys: String, CodingKey {
    case kind, entries, remarks
    case schemaVersion = "schema_version"
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(SessionReport.schemaVersion, forKey: .schemaVersion)
    try container.encode(Self.kind, forKey: .kind)
    try container.encode(entries, forKey: .entries)
    try container.encode(remark.map { [$0] } ?? [], forKey: .remarks)
  }
}
