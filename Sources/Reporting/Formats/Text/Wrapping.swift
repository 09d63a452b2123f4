/// Breaks bytes into lines; each byte is looked at a few times, however long the text is.
///
/// No line begins as a command that a CI system takes from a log: the colons of `::error::` at the
/// beginning of a line, behind blanks too, are shown as `\x3A:`. (Those that are taken from anywhere in a line are
/// the affair of ``shown(_:limit:)``.)
package struct Wrapping {
  /// Columns in all.
  let room: Int
  /// Blanks in front of the first line, and of those behind it.
  let indent: Int
  let hanging: Int
  /// Whether something of ours will take the place of the first line's blanks.
  let isLabelled: Bool

  package init(room: Int, indent: Int = 0, hanging: Int = 0, isLabelled: Bool = false) {
    self.room = room
    self.indent = indent
    self.hanging = hanging
    self.isLabelled = isLabelled
  }

  /// Lines broken between words, and inside of those that are longer than a line.
  package func words<Text: RandomAccessCollection<UInt8>>(of text: Text) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    var line = blanks(indent)
    var isBlank = true
    var start = text.startIndex
    while let begin = text[start...].firstIndex(where: { $0 != space }) {
      let end = text[begin...].firstIndex(of: space) ?? text.endIndex
      if !isBlank, line.count + 1 + text.distance(from: begin, to: end) > room {
        lines.append(line)
        line = blanks(hanging)
        isBlank = true
      }
      if !isBlank { line.append(space) }
      let mayBegin = isBlank && !(isLabelled && lines.isEmpty)
      breakFull(text[begin..<end], &line, &lines, mayBegin: mayBegin)
      isBlank = false
      start = end
    }
    return isBlank ? lines : lines + [line]
  }

  /// Lines broken only where they are full, every blank kept; `prefix` takes the place of the first one's
  /// blanks.
  package func whole<Text: RandomAccessCollection<UInt8>>(
    of text: Text, prefix: [UInt8]
  ) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    var line = prefix
    breakFull(text[...], &line, &lines, mayBegin: prefix.allSatisfy { $0 == space })
    return lines + [line]
  }

  /// Adds `text` to `line`, and lines that are full to `lines`.
  private func breakFull<Text: RandomAccessCollection<UInt8>>(
    _ text: Text, _ line: inout [UInt8], _ lines: inout [[UInt8]], mayBegin: Bool
  ) {
    var rest = text[...]
    var isAtBegin = mayBegin
    while true {
      if isAtBegin { disarm(&rest, &line) }
      guard line.count + rest.count > room else { break }
      let most = max(hanging < room ? 0 : 1, room - line.count)
      let whole = wholeEscapes(of: rest, in: most)
      // One that is longer than a line has nowhere to go.
      let take = whole > 0 || line.contains { $0 != space } ? whole : most
      lines.append(line + rest.prefix(take))
      rest = rest.dropFirst(take)
      line = blanks(hanging)
      isAtBegin = true
    }
    line += rest
  }

  /// As many of the first bytes as there are without half an escape (`\x1B`, `\n`), which would read as another
  /// byte; `rest` begins with a whole one.
  private func wholeEscapes(of rest: some Collection<UInt8>, in limit: Int) -> Int {
    var whole = 0
    var place = rest.startIndex
    while whole < limit, place < rest.endIndex {
      let isEscape = rest[place] == UInt8(ascii: "\\")
      let isByte = isEscape && rest[place...].dropFirst().first == UInt8(ascii: "x")
      let length = isByte ? 4 : isEscape ? 2 : 1
      if whole + length > limit { break }
      whole += length
      place = rest.index(place, offsetBy: length, limitedBy: rest.endIndex) ?? rest.endIndex
    }
    return whole
  }

  /// Moves what would make the line a command of GitHub's runner, which passes over blanks.
  private func disarm<Text: RandomAccessCollection<UInt8>>(
    _ rest: inout Text, _ line: inout [UInt8]
  )
  where Text.SubSequence == Text {
    while line.count < room, rest.first == space {
      line.append(space)
      rest = rest.dropFirst()
    }
    if isCommand(rest), line.count + 4 < room {
      line += Array(#"\x3A"#.utf8)
      rest = rest.dropFirst()
    }
  }

  private func blanks(_ number: Int) -> [UInt8] { Array(repeating: space, count: number) }
}

private let space = UInt8(ascii: " ")

/// Whether a line that begins so is a command of GitHub's runner: two colons and a word. An IPv6
/// address that begins so with a letter is taken for one.
func isCommand(_ bytes: some RandomAccessCollection<UInt8>) -> Bool {
  bytes.starts(with: "::".utf8)
    && bytes.dropFirst(2).first.map { (UInt8(ascii: "A")...UInt8(ascii: "z")).contains($0) } == true
}
