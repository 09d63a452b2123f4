/// One line on standard error that is written over; nothing at all unless a person looks at it.
package struct ProgressLine {
  /// Whether a person looks at it.
  package let isShown = TextStream.standardError.isTerminal

  package init() {}

  /// Shows `text`, at most 79 columns of it, in the place of what stood there.
  package func show(_ text: String) {
    guard isShown else { return }
    // Blanks and not an escape sequence: every terminal knows them.
    let text = String(text.prefix(79))
    let line = text + String(repeating: " ", count: 79 - text.count)
    _ = TextStream.standardError.write(Array("\r\(line)\r\(text)".utf8))
  }
}
