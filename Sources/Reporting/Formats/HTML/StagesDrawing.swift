import Diagnosis
import SessionTrace

/// The stages of a session as bars over one time axis.
struct StagesDrawing: Drawing {
  let timeline: Timeline

  init(_ timeline: Timeline) { self.timeline = timeline }

  var caption: String {
    "Stages from 0 to \(durationText(timeline.duration)); those of one flight overlap."
  }

  private let left = 58
  private let right = 286

  var figure: String? {
    let spans = timeline.spans.prefix(60)
    guard !spans.isEmpty else { return nil }
    var content = ""
    for (number, span) in spans.enumerated() {
      let y = 16 + 20 * number
      let start = x(span.start)
      let end = span.duration.map { x(span.start &+ $0) } ?? right
      let style =
        switch span.status.tone {
        case .bad: "flost"
        case .warning: "fwarn"
        case .quiet: "fquiet"
        case .plain, .heading, .good, .ours: "fin"
        }
      content += svgText(52, y, "s e", span.name) + svgLine(left, y + 6, right, y + 6, "ax")
      content += svgBox(start, y - 9, max(2, end - start), 12, style)
      content += svgText(
        right + 6, y, "s \(span.status.tone == .bad ? "tbad b" : "q")",
        span.duration.map(durationText) ?? span.status.rawValue)
    }
    return svg(
      width: 360, height: 12 + 20 * spans.count, label: "Stages and how long each took", content)
  }

  private func x(_ moment: Microseconds) -> Int {
    guard timeline.duration > 0 else { return left }
    let part = min(1, max(0, Double(moment) / Double(timeline.duration)))
    return left + Int(part * Double(right - left))
  }
}
