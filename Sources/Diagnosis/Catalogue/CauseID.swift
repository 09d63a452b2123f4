/// The catalogue's word for a cause, or for a remark on what is none by itself: `reseg-boundary-loss`.
///
/// Each is defined beside what it stands for, so that one that is misspelt in this program does not
/// compile. What comes from elsewhere, such as a report of another version, may name one that is not known.
package struct CauseID: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
  /// Letters in lower case, digits and hyphens, where it is one of ours.
  package let rawValue: String

  package init(rawValue: String) { self.rawValue = rawValue }

  package var description: String { rawValue }
}
