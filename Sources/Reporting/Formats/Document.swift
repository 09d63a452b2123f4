/// What a command tells in the end: a value that has a JSON form, and blocks from which every other form is
/// made.
package protocol Document: DocumentChoice, Encodable, Sendable {
  /// What it is, for programs.
  static var kind: DocumentKind { get }
  /// What it says, in the order of reading.
  var blocks: [Block] { get }
}

/// One or several kinds of document, of which a command writes one.
package protocol DocumentChoice: SendableMetatype {
  static var kinds: [DocumentKind] { get }
}

extension Document {
  package static var kinds: [DocumentKind] { [kind] }
}

/// The kinds of document; the raw values are those of the JSON key `kind`.
package enum DocumentKind: String, Codable, CaseIterable, Sendable {
  case session, domain, sweep, diagnosis, catalogue, comparison, confusion, scan
  case labCheck = "lab_check"
  case scanSummary = "scan_summary"
}

/// What the reader of some output can be shown.
package struct Look: Sendable {
  package var style: TextStyle
  /// Whether bars may use block characters.
  package var unicode: Bool

  /// By default that of a file, which shows neither.
  package init(style: TextStyle = .plain, unicode: Bool = false) {
    self.style = style
    self.unicode = unicode
  }
}
