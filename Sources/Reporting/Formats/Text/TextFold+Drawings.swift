import Diagnosis
import SessionTrace

extension TextFold {
  /// The stages as bars over one time axis; pipelined stages overlap, and are seen to.
  mutating func add(_ timeline: Timeline) {
    // What stands round a bar takes 49 columns.
    let columns = layout.width - 49
    let axis = columns >= 8 ? TimeAxis(duration: timeline.duration, columns: columns) : nil
    let glyph: Character = look.unicode ? "\u{2588}" : "#"
    draw { layout in
      for span in timeline.spans.prefix(Self.most) {
        let start = secondsText(span.start)
        let took = span.duration.map(durationText) ?? "no reply"
        guard let axis else {
          layout.row(
            padded(span.name, 8) + rightAligned(start, 7) + " " + rightAligned(took, 9) + " "
              + span.status.rawValue, tone: span.status.tone)
          continue
        }
        let end = span.duration.map { span.start &+ $0 } ?? timeline.duration
        layout.row(
          "  " + padded(span.name, 9) + rightAligned(start, 9) + rightAligned(took, 11) + " |"
            + axis.bar(from: span.start, to: end, glyph: glyph) + "| " + span.status.rawValue,
          tone: span.status.tone)
      }
    }
    if timeline.spans.count > Self.most { omit("\(timeline.spans.count - Self.most) more") }
  }

  /// Both directions in the order of time, with byte ranges, arrivals and silences.
  mutating func add(_ rows: [DialogueRow]) {
    let half = Self.most / 2
    for (number, row) in rows.enumerated() {
      if rows.count > Self.most, number == half {
        omit("\(rows.count - Self.most) lines left out; the JSON report has all", indent: 10)
      }
      guard rows.count <= Self.most || number < half || number >= rows.count - half else {
        continue
      }
      draw { $0.add(row) }
    }
  }

  /// The pieces of our stream and what became of each: all of them where a plan cut them or they are few.
  mutating func add(_ ladder: Ladder) {
    guard ladder.isTelling else { return }
    let segments = ladder.segments
    let isNarrow = layout.width < SegmentRow.usualWidth
    draw { layout in
      layout.heading(
        ladder.title,
        remark: "seconds; - where the kernel gave no stamp" + (isNarrow ? "; ! not as planned" : "")
      )
      layout.row(SegmentRow.head(isNarrow: isNarrow), tone: .quiet)
    }
    for (number, segment) in segments.enumerated() {
      if segments.count > 24, number == 16 {
        omit("\(segments.count - 20 + ladder.omitted) more", indent: 6)
      }
      guard segments.count <= 24 || number < 16 || number >= segments.count - 4 else { continue }
      draw {
        $0.row(
          SegmentRow(segment).text(isNarrow: isNarrow),
          tone: segment.asPlanned == false ? .warning : .plain)
      }
    }
  }

  /// One character a tested value, thirty-two a row: the row's first and last value in front, and those
  /// that fail behind, or below where there is hardly room.
  mutating func add(_ marks: [StripMark]) {
    let perRow = layout.width < 64 ? 16 : 32
    let width = String(marks.last?.value ?? 0).utf8.count
    var rest = marks[...]
    while let first = rest.first, let last = rest.prefix(perRow).last {
      let row = rest.prefix(perRow)
      let scale =
        rightAligned(String(first.value), width) + " to " + rightAligned(String(last.value), width)
      let glyphs = String(row.map(\.result.mark))
      let line = "  \(scale)  \(marks.count > perRow ? padded(glyphs, perRow) : glyphs)  "
      let room = layout.width - line.utf8.count
      let isBelow = room < 24
      let failing = failures(in: row, room: isBelow ? layout.width - 6 : room)
      draw { layout in
        let isAlone = failing.isEmpty || isBelow
        layout.row(isAlone ? withoutBlanksAtEnd(line) : line + failing)
        if isBelow, !failing.isEmpty { layout.row("      " + failing) }
      }
      rest = rest.dropFirst(perRow)
    }
  }

  /// `511 1023 and 2 more`; as many as there is room for.
  private func failures(in row: ArraySlice<StripMark>, room: Int) -> String {
    let failing = row.filter { $0.result == .fails || $0.result == .intermittent }
    var text = ""
    for (number, mark) in failing.enumerated() {
      let longer = text + (number > 0 ? " " : "") + String(mark.value)
      let left = failing.count - number - 1
      guard longer.utf8.count + (left > 0 ? " and \(left) more".utf8.count : 0) <= room else {
        return text + " and \(left + 1) more"
      }
      text = longer
    }
    return text
  }
}

extension TextLayout {
  fileprivate mutating func add(_ row: DialogueRow) {
    let time = rightAligned(row.at.map(secondsText) ?? "", 9)
    switch row.speaker {
    case .we: evidence(prefix: "\(time) C: ", row.text, remark: row.remark, tone: .ours)
    case .they: evidence(prefix: "\(time) S: ", row.text, remark: row.remark)
    case .nobody: paragraph(row.text, indent: 13, hanging: 13, tone: .quiet)
    case .violation: evidence(prefix: "\(time) !! ", row.text, remark: row.remark, tone: .warning)
    }
  }
}

/// A segment in a line of the ladder.
private struct SegmentRow {
  /// What all columns take.
  static let usualWidth = 70

  private let segment: SegmentRecord

  init(_ segment: SegmentRecord) { self.segment = segment }

  static func head(isNarrow: Bool) -> String {
    isNarrow
      ? " offset  length stage       sent   acked"
      : "      offset  length  stage      written       sent      acked  as planned"
  }

  /// In 40 columns without the time of writing.
  func text(isNarrow: Bool) -> String {
    let stage = segment.stage.rawValue
    let (offset, length) = (String(segment.offset), String(segment.length))
    if isNarrow {
      return rightAligned(offset, 7) + rightAligned(length, 8) + " " + padded(stage, 8)
        + rightAligned(stamp(segment.sent), 7) + rightAligned(stamp(segment.acknowledged), 8)
        + (segment.asPlanned == false ? "!" : "")
    }
    return "  " + rightAligned(offset, 10) + rightAligned(length, 8) + "  " + padded(stage, 9)
      + [segment.written, segment.sent, segment.acknowledged].map { rightAligned(stamp($0), 11) }
      .joined() + "  " + (segment.asPlanned.map { $0 ? "yes" : "NO" } ?? "-")
  }

  private func stamp(_ moment: Microseconds?) -> String { moment.map(secondsText) ?? "-" }
}

extension StripMark.Result {
  fileprivate var mark: Character {
    switch self {
    case .passes: "."
    case .fails: "X"
    case .intermittent: "?"
    case .untestable: "-"
    }
  }
}
