import Diagnosis
import SessionTrace

/// A session as a ladder: we on the left, they on the right, time downwards, each segment and its
/// acknowledgement an arrow, replies coming back, and the silence at the end a gap that nobody overlooks.
struct LadderDrawing: Drawing {
  let ladder: Ladder

  private let left = 134
  private let right = 262
  private let width = 360
  /// More arrows would be a grey field: the first, and the last.
  private static let most = (first: 14, last: 10)

  init(_ ladder: Ladder) { self.ladder = ladder }

  var caption: String {
    "Time runs downwards, to scale but for breaks (~). What the other side did when is not measured:"
      + " arrows meet its line half a round trip away."
      + (omitted > 0 ? " \(count(omitted, "segment")) in the middle left out." : "")
  }

  private var omitted: Int { ladder.segments.count + ladder.omitted - segments.count }

  private var segments: [SegmentRecord] {
    let all = ladder.segments
    guard all.count > Self.most.first + Self.most.last else { return all }
    return Array(all.prefix(Self.most.first) + all.suffix(Self.most.last))
  }

  private var replies: [Ladder.Reply] {
    let all = ladder.replies
    guard all.count > Self.most.first + Self.most.last else { return all }
    return Array(all.prefix(Self.most.first) + all.suffix(Self.most.last))
  }

  /// What one way takes, by the quickest acknowledgement.
  private var oneWay: Microseconds {
    let trips = ladder.segments.compactMap { segment in
      segment.acknowledged.map { $0 &- (segment.sent ?? segment.written) }
    }
    return max(0, trips.min() ?? ladder.opening.map { $0.upperBound - $0.lowerBound } ?? 0) / 2
  }

  var figure: String? {
    guard ladder.opening != nil || !segments.isEmpty else { return nil }
    var moments = segments.flatMap { [$0.sent ?? $0.written, $0.acknowledged].compactMap(\.self) }
    moments += replies.map(\.at) + [ladder.duration]
    if let opening = ladder.opening { moments += [opening.lowerBound, opening.upperBound] }
    let tight = LadderScale(moments, silence: ladder.silence, top: 44)
    let silence = tight.breaks.first(where: \.isSilence)
    // Labels that stand close together reach below their moments: the silence begins under them.
    let overhang = silence.map { max(0, arrows(on: tight).lowestLabel + 4 - $0.top) } ?? 0
    let scale = LadderScale(moments, silence: ladder.silence, top: 44, overhang: overhang)
    var drawing = arrows(on: scale)
    drawing.content = breaks(scale) + drawing.content
    let end = drawing.end(ladder.ending, at: ladder.duration)
    let bottom = max(scale.bottom, drawing.lowestLabel) + 18 + end
    let frame =
      svgText(left - 6, 16, "m b e", "we") + svgText(width - 4, 16, "m b e", cut(ladder.server, 26))
      + svgLine(left, 24, left, bottom, "life") + svgLine(right, 24, right, bottom, "life")
    return svg(
      width: width, height: bottom + 8, label: "Ladder of \(count(segments.count, "segment"))",
      frame + drawing.content)
  }

  /// What both sides sent.
  private func arrows(on scale: LadderScale) -> Sheet {
    var drawing = Sheet(scale: scale, left: left, right: right, oneWay: oneWay)
    if let opening = ladder.opening {
      drawing.there(opening.lowerBound, opening.upperBound, "ack", "fack", label: "connect", "q")
    }
    for segment in segments { add(segment, to: &drawing) }
    for reply in grouped { drawing.back(reply.at, "in", "fin", label: reply.label, "tin") }
    return drawing
  }

  private func add(_ segment: SegmentRecord, to drawing: inout Sheet) {
    let at = segment.sent ?? segment.written
    let label = "\(segment.stage.rawValue) \(segment.length) B"
    if let acknowledged = segment.acknowledged {
      drawing.there(at, acknowledged, "out", "fout", label: label, "tout")
    } else {
      drawing.lost(at, label: label + (segment.sent == nil ? "" : " lost?"))
    }
  }

  /// Replies of one moment share an arrow.
  private var grouped: [(at: Microseconds, label: String)] {
    var groups: [(at: Microseconds, codes: [Int])] = []
    for reply in replies {
      if groups.last?.at == reply.at {
        groups[groups.count - 1].codes.append(reply.code)
      } else {
        groups.append((reply.at, [reply.code]))
      }
    }
    return groups.map { at, codes in
      let all = codes.prefix(3).map(String.init).joined(separator: " ")
      return (at, codes.count > 3 ? "\(codes[0]), \(codes.count) replies" : all)
    }
  }

  private func breaks(_ scale: LadderScale) -> String {
    scale.breaks.map { gap in
      let length = durationText(gap.to &- gap.from)
      // Below the box there is room for the label of what comes behind.
      let middle = (gap.top + gap.bottom) / 2 - (gap.isSilence ? 4 : 0)
      if gap.isSilence {
        return svgBox(4, gap.top + 5, width - 8, gap.bottom - gap.top - 17, "gap")
          + svgText(width / 2, middle - 4, "m b c tbad", "\(length) of silence")
          + svgText(width / 2, middle + 13, "s c tbad", ladder.silenceInWords)
      }
      return svgBox(left - 2, middle - 4, 4, 8, "hide")
        + svgBox(right - 2, middle - 4, 4, 8, "hide")
        + svgText(right + 10, middle + 4, "s q", "~ \(length) ~")
    }.joined()
  }
}
