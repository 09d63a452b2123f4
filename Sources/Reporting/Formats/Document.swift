/// What a command tells in the end: a value that has a JSON form, and blocks from which every other form is
/// made.
package protocol Document: DocumentChoice, Encodable, Sendable {
  /// What it is, for programs.
  static var kind: DocumentKind { get }
  /// What it says, in the order of reading.
  var blocks: [Block] { get }
  /// What it comes to, in a line; in several where it is about several things. The status comes first.
  var digest: [String] { get }
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
  case session, domain, sweep, diagnosis, catalogue, comparison, confusion, scan, suite
  case labCheck = "lab_check"
  case scanSummary = "scan_summary"
}

/// What the reader of some output can be shown, and wants to see.
package struct Look: Sendable, Equatable {
  package var style: TextStyle
  /// Whether bars may use block characters.
  package var unicode: Bool
  /// Columns of text.
  package var width: Int
  /// Whether text tells of the kernel's facts and of bytes one by one, too.
  package var isClose: Bool
  /// Whether its reader has watched as it happened.
  package var isWatched = false

  /// The width of whatever is no terminal.
  package static let usualWidth = 80

  /// By default that of a file, which shows neither.
  package init(
    style: TextStyle = .plain, unicode: Bool = false, width: Int = usualWidth,
    isClose: Bool = false
  ) {
    self.style = style
    self.unicode = unicode
    self.width = width
    self.isClose = isClose
  }
}
