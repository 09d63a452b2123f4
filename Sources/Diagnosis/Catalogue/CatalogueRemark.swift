/// What stands behind an id that a report uses and that is no cause by itself: `reply-bare-lf`.
///
/// Breaches of the protocol and other oddities that a session survived, and answers that are no riddle.
package struct CatalogueRemark: Sendable {
  package var id: CauseID
  /// What people call it, or look for when they meet it.
  var alsoCalled: [String] = []
  /// What it is and who minds, plain ASCII.
  package var text: String
  /// The causes that it bears on.
  package var causes: [CauseID]
  /// Ways to fail for which a report says this instead of a cause.
  var rules: [CauseRule] = []

  /// Its first sentence, without the full stop.
  package var headline: String { String(text.prefix { $0 != "." }) }
}

extension CatalogueRemark: Encodable {
  private enum CodingKeys: String, CodingKey {
    case id, text
    case causes = "entries"
  }
}
