/// A fixture that cannot be read or found: ours to mend, so it throws.
///
/// The text names file and line, says what is wrong, lists the words known at that place, and
/// proposes the mend: whoever writes a fixture should not need to read the parser.
package struct FixtureError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file, `nil` when the trouble is not in one (an unknown fixture name).
  package var file: String?
  /// Counted from 1; `nil` when the whole file is meant.
  package var line: Int?
  /// One clause without a full stop.
  package var problem: String
  /// What would have been understood there.
  package var known: [String]
  /// What to write instead.
  package var mend: String?

  package init(
    file: String?, line: Int?, problem: String, known: [String] = [], mend: String? = nil
  ) {
    self.file = file
    self.line = line
    self.problem = problem
    self.known = known
    self.mend = mend
  }

  package var description: String {
    var text = ""
    if let file { text += file + (line.map { ":\($0)" } ?? "") + ": " }
    text += problem
    if let mend { text += "; \(mend)" }
    if !known.isEmpty { text += "\n  known here: " + known.joined(separator: " | ") }
    return text
  }
}
