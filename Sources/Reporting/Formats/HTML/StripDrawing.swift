import Diagnosis

/// The values of a sweep on a scale, each a stroke; those that fail stand out, with their numbers.
struct StripDrawing: Drawing {
  let marks: [StripMark]

  init(_ marks: [StripMark]) { self.marks = marks }

  var caption: String {
    let failing = marks.count { $0.result == .fails }
    let others = marks.count { $0.result == .intermittent }
    return "\(count(marks.count, "value")) tested: \(failing) fail (tall)"
      + (others > 0 ? ", \(others) fail at times" : "") + "; what was not tested is blank."
  }

  private let width = 360
  private var range: (low: Int, high: Int) {
    (marks.first?.value ?? 0, max((marks.first?.value ?? 0) + 1, marks.last?.value ?? 1))
  }

  private func x(_ value: Int) -> Int {
    let (low, high) = range
    return 10 + Int(Double(value - low) / Double(high - low) * Double(width - 22))
  }

  var figure: String? {
    guard !marks.isEmpty else { return nil }
    var content = svgLine(8, 74, width - 8, 74, "ax")
    let (low, high) = range
    for step in 0...4 {
      let value = low + (high - low) * step / 4
      content += svgLine(x(value), 74, x(value), 79, "life")
      let align = step == 0 ? "" : step == 4 ? " e" : " c"
      content += svgText(x(value), 92, "s q" + align, "\(value)")
    }
    let stroke = max(1, min(10, (width - 22) / max(1, high - low + 1)))
    // Failures last, so that nothing stands over them.
    for mark in marks where mark.result != .fails {
      let style = mark.result == .passes ? "fin" : mark.result == .intermittent ? "fwarn" : "fquiet"
      content += svgBox(x(mark.value), 48, stroke, 26, style)
    }
    var free = -100
    for mark in marks where mark.result == .fails || mark.result == .intermittent {
      let place = x(mark.value)
      if mark.result == .fails { content += svgBox(place, 24, max(2, stroke), 50, "flost") }
      if place >= free {
        let isLate = place > width - 40
        content += svgText(
          isLate ? width - 4 : place, 18, isLate ? "s b e tbad" : "s b tbad", "\(mark.value)")
        free = place + 8 * "\(mark.value)".utf8.count + 6
      }
    }
    return svg(width: width, height: 100, label: caption, content)
  }
}
