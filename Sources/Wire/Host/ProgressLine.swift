/// One line that is written over; nothing at all unless a person looks at it.
package struct ProgressLine {
  private let stream: TextStream
  /// Whether a person looks at it, on what can write a line over: a dumb terminal cannot.
  package let isShown: Bool

  /// A line on standard error, or where the person looks.
  package init(on stream: TextStream = .standardError) {
    self.stream = stream
    isShown = stream.isTerminal && environmentVariable("TERM") != "dumb"
  }

  /// Shows `text`, as much of it as fits, in the place of what stood there.
  package func show(_ text: String) {
    guard isShown else { return }
    _ = stream.write(bytes(text))
  }

  /// Columns that there are at this moment; in the last one some terminals would wrap.
  package var room: Int { max(1, min(79, (stream.columns ?? 80) - 1)) }

  /// What shows `text`, on a terminal as wide as it is at this moment.
  package func bytes(_ text: String) -> [UInt8] {
    // Blanks and not an escape sequence: every terminal knows them.
    let room = room
    let text = String(text.prefix(room))
    let line = text + String(repeating: " ", count: room - text.count)
    return [0x0D] + shownText(line) + [0x0D] + shownText(text)
  }
}
