import Diagnosis

/// Lines of text for people, never wider than 80 columns.
///
/// Everything that enters passes ``printable(_:)``: whatever a trace holds, what comes out is printable
/// ASCII, our own bars, and line feeds. One column is one character, so padding is counting.
struct TextLayout: Sendable {
  /// The promise to every reader.
  static let width = 80

  /// What this layout has of it; a cell of a table has less.
  private let room: Int

  /// An empty layout of the whole width, or of a part of it.
  init(width: Int = TextLayout.width) { room = width }

  /// One line, and what it is.
  struct Line: Sendable, Equatable {
    var text: String
    var tone: Tone
  }

  private(set) var lines: [Line] = []

  /// A title, with an empty line in front.
  mutating func heading(_ title: String, remark: String = "") {
    if !lines.isEmpty { append("") }
    row(between(printable(title), printable(remark)), tone: .heading)
  }

  /// Without the title in the first line.
  mutating func dropHeading() { if !lines.isEmpty { lines.removeFirst() } }

  /// Text broken between words; lines after the first are indented by `hanging`.
  mutating func paragraph(
    _ text: String, indent: Int = 2, hanging: Int = 2, tone: Tone = .plain
  ) {
    var line = spaces(indent)
    var isEmpty = true
    for word in printable(text).split(separator: " ") {
      if !isEmpty, line.count + 1 + word.count > room {
        append(line, tone)
        line = spaces(hanging)
        isEmpty = true
      }
      if !isEmpty { line += " " }
      line += word
      isEmpty = false
      while line.count > room {
        append(String(line.prefix(room)), tone)
        line = spaces(hanging) + line.dropFirst(room)
      }
    }
    if !isEmpty { append(line, tone) }
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
    let start = lines.count
    let indent = 14
    paragraph(value, indent: indent, hanging: indent + hanging, tone: tone)
    guard lines.indices.contains(start) else { return }
    lines[start].text =
      padded("  " + printable(label), indent) + lines[start].text.dropFirst(indent)
  }

  /// Bytes as they are: broken only where a line is full, every space kept, and a remark at the right
  /// edge of the last line, or under it where there is no room.
  mutating func evidence(
    prefix: String, _ text: String, remark: String = "", tone: Tone = .plain
  ) {
    let indent = prefix.count
    let room = Self.width - indent
    var rest = Substring(printable(text))
    var start = prefix
    while rest.count > room {
      append(start + rest.prefix(room), tone)
      rest = rest.dropFirst(room)
      start = spaces(indent)
    }
    let last = start + rest
    if last.count + remark.count + 2 <= Self.width {
      append(between(last, remark), tone)
    } else {
      append(last, tone)
      paragraph(remark, indent: indent, hanging: indent, tone: tone)
    }
  }

  /// A line whose parts are known to fit, bars among them; what is too long is cut.
  mutating func row(_ text: String, tone: Tone = .plain) {
    append(String(text.prefix(Self.width)), tone)
  }

  /// Cells of these widths side by side, each broken between its words where it is longer.
  mutating func columns(_ cells: [(text: String, width: Int)], indent: Int = 2, tone: Tone = .plain)
  {
    let broken = cells.map { cell in
      var layout = TextLayout(width: cell.width - 1)
      layout.paragraph(cell.text, indent: 0, hanging: 0)
      return layout.lines.prefix(8).map(\.text)
    }
    for number in 0..<(broken.map(\.count).max() ?? 0) {
      var line = spaces(indent)
      for (cell, lines) in zip(cells, broken) {
        line += padded(lines.dropFirst(number).first ?? "", cell.width)
      }
      while line.last == " " { line.removeLast() }
      append(line, tone)
    }
  }

  /// A shell command, continued with backslashes where it does not fit.
  mutating func command(_ command: ShellCommand, indent: Int = 2) {
    // Two columns for a space and the backslash.
    let room = Self.width - 2
    var line = spaces(indent)
    var isEmpty = true
    for word in command.quoted(limit: room - indent - 4) {
      for (number, piece) in word.enumerated() {
        if !isEmpty, line.count + 1 + piece.count > room || number > 0 {
          append(line + (number > 0 ? "\\" : " \\"))
          // Inside a word an indentation would become part of the command.
          line = number > 0 ? "" : spaces(indent + 4)
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
      bytes += Array(style.paint(line.text, line.tone).utf8)
      bytes.append(0x0A)
    }
    return bytes
  }

  private mutating func append(_ text: String, _ tone: Tone = .plain) {
    lines.append(Line(text: text, tone: tone))
  }
}

/// `text` and blanks up to `width`; longer text stays whole.
func padded(_ text: String, _ width: Int) -> String { text + spaces(width - text.count) }

/// Blanks up to `width`, and `text`.
func rightAligned(_ text: String, _ width: Int) -> String { spaces(width - text.count) + text }

/// Text at the left edge, and text at the right.
private func between(_ left: String, _ right: String) -> String {
  right.isEmpty ? left : left + spaces(TextLayout.width - left.count - right.count) + right
}

private func spaces(_ number: Int) -> String { String(repeating: " ", count: max(0, number)) }
