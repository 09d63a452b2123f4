import Diagnosis

/// Lines of text for people, none wider than so many columns but those that have to stay whole.
///
/// Everything that enters passes ``shown(_:limit:)``: whatever a trace holds, what comes out is printable
/// ASCII, our own bars, and line feeds. One column is one byte, so padding is counting.
struct TextLayout: Sendable {
  /// The promise to every reader.
  let width: Int
  /// What tables and drawings are made for.
  static let usualWidth = Look.usualWidth
  /// Where the values of fields stand.
  private static let valueColumn = 14

  /// One line, and what it is.
  struct Line: Sendable, Equatable {
    var text: String
    var tone: Tone
  }

  private(set) var lines: [Line] = []

  init(width: Int = usualWidth) { self.width = width }

  /// A title, with an empty line in front; a remark that has no room beside it stands below.
  mutating func heading(_ title: String, remark: String = "", tone: Tone = .heading) {
    blankLine()
    let line = between(shown(title), shown(remark))
    if line.utf8.count <= width { return append(line, tone) }
    paragraph(title, indent: 0, hanging: 2, tone: tone)
    paragraph(remark, tone: .quiet)
  }

  /// An empty line, unless it would be the first.
  mutating func blankLine() { if !lines.isEmpty { append("") } }

  /// Text broken between words; lines after the first are indented by `hanging`.
  mutating func paragraph(
    _ text: String, indent: Int = 2, hanging: Int = 2, tone: Tone = .plain
  ) {
    let wrapping = Wrapping(room: width, indent: indent, hanging: hanging)
    for line in wrapping.words(of: Array(shown(text).utf8)) { append(line, tone) }
  }

  /// A point of a list.
  mutating func point(_ text: String, tone: Tone = .plain) {
    paragraph("- " + text, indent: 2, hanging: 4, tone: tone)
  }

  /// A label and what it stands for, the values of a section in one column; lines of a value after its
  /// first are indented by `hanging` more.
  mutating func field(
    _ label: String, _ value: String, hanging: Int = 0, tone: Tone = .plain
  ) {
    let indent = Self.valueColumn
    let label = padded("  " + shown(label), indent)
    let wrapping = Wrapping(
      room: width, indent: indent, hanging: indent + hanging, isLabelled: true)
    for (number, line) in wrapping.words(of: Array(shown(value).utf8)).enumerated() {
      append(number == 0 ? Array(label.utf8) + line.dropFirst(indent) : line, tone)
    }
  }

  /// Bytes as they are: broken only where a line is full, every space kept, and a remark at the right
  /// edge of the last line, or under it where there is no room.
  mutating func evidence(
    prefix: String, _ text: String, remark: String = "", tone: Tone = .plain
  ) {
    let indent = prefix.utf8.count
    let broken = Wrapping(room: width, hanging: indent)
      .whole(of: Array(shown(text).utf8), prefix: Array(prefix.utf8))
    for line in broken.dropLast() { append(line, tone) }
    let last = String(decoding: broken.last ?? [], as: UTF8.self)
    if last.utf8.count + remark.utf8.count + 2 <= width {
      append(between(last, shown(remark)), tone)
    } else {
      append(last, tone)
      paragraph(remark, indent: indent, hanging: indent, tone: tone)
    }
  }

  /// A line whose parts are known to fit, bars among them; what is too long is cut.
  mutating func row(_ text: String, tone: Tone = .plain) {
    append(String(text.prefix(width)), tone)
  }

  /// A line that stays whole, however long.
  mutating func whole(_ text: String, indent: Int = 0, tone: Tone = .plain) {
    let prefix = Array(blanks(indent).utf8)
    for line in Wrapping(room: .max).whole(of: Array(shown(text).utf8), prefix: prefix) {
      append(line, tone)
    }
  }

  /// A line that stays as it is where there is room, and is broken between its words where there is none.
  mutating func line(_ text: String, indent: Int = 0, hanging: Int, tone: Tone = .plain) {
    if indent + shown(text).utf8.count <= width {
      whole(text, indent: indent, tone: tone)
    } else {
      paragraph(text, indent: indent, hanging: hanging, tone: tone)
    }
  }

  /// Cells of these widths side by side, each broken between its words where it is longer; of each width so many
  /// columns stay free.
  mutating func columns(
    _ cells: [(text: String, width: Int)], indent: Int = 2, gap: Int = 1, tone: Tone = .plain
  ) {
    let most = 8
    let broken = cells.map { cell in
      let lines = Wrapping(room: cell.width - gap).words(of: Array(shown(cell.text).utf8))
      let more = "... \(lines.count - most + 1) more".utf8.prefix(cell.width - gap)
      let cut = lines.count > most ? [Array(more)] : []
      return (lines.prefix(most - cut.count) + cut).map { String(decoding: $0, as: UTF8.self) }
    }
    for number in 0..<(broken.map(\.count).max() ?? 0) {
      var line = blanks(indent)
      for (cell, lines) in zip(cells, broken) {
        line += padded(lines.dropFirst(number).first ?? "", cell.width)
      }
      append(withoutBlanksAtEnd(line), tone)
    }
  }

  /// A shell command, continued with backslashes where it does not fit; one that nobody would paste is
  /// told by its length.
  mutating func command(_ command: ShellCommand, indent: Int = 2) {
    if let remark = command.remark {
      return paragraph(remark, indent: indent, hanging: indent + 2)
    }
    // Two columns for a space and the backslash.
    let room = width - 2
    var line = blanks(indent)
    var isEmpty = true
    for word in command.quoted(limit: room - indent - 4) {
      for (number, piece) in word.enumerated() {
        if !isEmpty, line.utf8.count + 1 + piece.utf8.count > room || number > 0 {
          append(line + (number > 0 ? "\\" : " \\"))
          // Inside a word an indentation would become part of the command.
          line = number > 0 ? "" : blanks(indent + 4)
          isEmpty = true
        }
        line += (isEmpty ? "" : " ") + piece
        isEmpty = false
      }
    }
    append(line)
  }

  /// The lines as bytes, each with its line feed.
  func bytes(_ style: TextStyle) -> [UInt8] {
    var bytes: [UInt8] = []
    for line in lines {
      bytes += style.paint(line.text, line.tone).utf8
      bytes.append(0x0A)
    }
    return bytes
  }

  /// Text at the left edge, and text at the right.
  private func between(_ left: String, _ right: String) -> String {
    let gap = max(right.isEmpty ? 0 : 1, width - left.utf8.count - right.utf8.count)
    return right.isEmpty ? left : left + blanks(gap) + right
  }

  private mutating func append(_ bytes: [UInt8], _ tone: Tone) {
    append(String(decoding: bytes, as: UTF8.self), tone)
  }

  private mutating func append(_ text: String, _ tone: Tone = .plain) {
    lines.append(Line(text: text, tone: tone))
  }
}

/// `text` and blanks up to `width`; longer text stays whole.
func padded(_ text: String, _ width: Int) -> String { text + blanks(width - text.utf8.count) }

/// Blanks up to `width`, and `text`.
func rightAligned(_ text: String, _ width: Int) -> String {
  blanks(width - text.utf8.count) + text
}

func withoutBlanksAtEnd(_ line: String) -> String {
  String(decoding: line.utf8.reversed().drop { $0 == 0x20 }.reversed(), as: UTF8.self)
}

private func blanks(_ number: Int) -> String { String(repeating: " ", count: max(0, number)) }
