/// The known causes of stalled and broken deliveries: one story each, with what tells it apart.
///
/// A cause is not a verdict. An entry says what a session would look like and which experiment
/// separates it from its twins; whether it holds for a server is for a diagnosis to find out.
package enum Catalogue {
  /// All entries, by family and code.
  package static let entries: [CatalogueEntry] =
    segmentation + localHold + fastOpen + path + filters + inspection + greeting + envelopeStage
    + content + closing + security + routing

  /// The entry of that id, code or alias, in any case; `nil` when nothing is called so.
  package static func entry(id: String) -> CatalogueEntry? {
    let wanted = id.lowercased()
    return entries.first { $0.names.contains { $0.lowercased() == wanted } }
  }
}
