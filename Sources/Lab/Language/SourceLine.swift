/// One line of a fixture file, remembering where it stands, so that every error can name the place.
package struct SourceLine: Sendable, Equatable {
  /// The file as the library knows it: `nagle/early-talker.smtp`.
  package var file: String
  /// Counted from 1.
  package var number: Int
  /// Without its line end and without trailing spaces.
  package var text: String

  package init(file: String, number: Int, text: String) {
    self.file = file
    self.number = number
    self.text = text
  }

  /// A fault of this line: what is wrong, which words are known at this place, how to mend it.
  func error(_ problem: String, known: [String] = [], mend: String? = nil) -> FixtureError {
    FixtureError(file: file, line: number, problem: problem, known: known, mend: mend)
  }

  /// The same place with other text, for a part of a line.
  func with(text: some StringProtocol) -> SourceLine {
    SourceLine(file: file, number: number, text: String(text).trimmed)
  }

  /// The line without the four spaces that every line of a section begins with; further ones are
  /// content.
  var withoutIndentation: SourceLine {
    var line = self
    line.text.removeFirst(text.prefix(4).prefix { $0 == " " }.count)
    return line
  }
}

extension StringProtocol {
  /// Without the spaces and tabs at both ends.
  var trimmed: String {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" }
    guard let first = firstIndex(where: { !isBlank($0) }),
      let last = lastIndex(where: { !isBlank($0) })
    else { return "" }
    return String(self[first...last])
  }
}
