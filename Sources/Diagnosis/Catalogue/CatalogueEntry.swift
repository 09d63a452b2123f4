/// One known cause of stalled or broken deliveries, as data.
///
/// All text is plain ASCII of our own and safe to print anywhere.
package struct CatalogueEntry: Sendable, Equatable {
  /// The catalogue's word, the same in reports, fixtures and documents: `reseg-boundary-loss`.
  package var id: String
  /// The short form: the letter of the family and a number, `A1`.
  package var code: String
  /// Other words for the same entry.
  package var aliases: [String] = []
  /// One line.
  package var title: String
  /// What happens and why, a paragraph.
  package var mechanism: String
  /// What a session shows, in the words of the report.
  package var signature: String
  /// What tells it apart from the entries of ``twins``.
  package var experiment: String
  package var remedies: Remedies
  /// Where it is known from: RFC sections, change logs, public pages, seed stories by number.
  package var sources: [String]
  /// Ids of the entries that look alike from the client; each of them names this one too.
  package var twins: [String]

  /// The family that the code begins with.
  package var family: CatalogueFamily? { CatalogueFamily(rawValue: String(code.prefix(1))) }

  /// Every word that names this entry, the id first.
  package var names: [String] { [id, code] + aliases }

  /// Names of the lab's fixtures that show it, or look like it on purpose; in alphabetical order.
  package var fixtures: [String] { Catalogue.fixtures[id] ?? [] }

  /// The entry with the placeholders of its remedies filled in, as far as `place` knows them.
  package func filled(for place: RemedyPlace) -> CatalogueEntry {
    var entry = self
    entry.remedies = remedies.filled(for: place)
    return entry
  }
}

extension CatalogueEntry: Encodable {
  private enum CodingKeys: String, CodingKey {
    case id, code, aliases, family, title, mechanism, signature, experiment, remedies, sources
    case twins, fixtures
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(id, forKey: .id)
    try container.encode(code, forKey: .code)
    try container.encode(aliases, forKey: .aliases)
    try container.encode(family?.title, forKey: .family)
    try container.encode(title, forKey: .title)
    try container.encode(mechanism, forKey: .mechanism)
    try container.encode(signature, forKey: .signature)
    try container.encode(experiment, forKey: .experiment)
    try container.encode(remedies, forKey: .remedies)
    try container.encode(sources, forKey: .sources)
    try container.encode(twins, forKey: .twins)
    try container.encode(fixtures, forKey: .fixtures)
  }
}
