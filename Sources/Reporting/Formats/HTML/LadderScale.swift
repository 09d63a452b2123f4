import SessionTrace

/// Where moments stand on a ladder: to scale, but for gaps that would leave nothing else to see.
///
/// Such a gap is drawn at a fixed height and told as broken, with its true length. So a silence of 30
/// seconds and round trips of 30 milliseconds stand on one sheet, and neither is a lie.
struct LadderScale {
  /// A stretch without events that is not to scale.
  struct Break: Equatable {
    var from: Microseconds
    var to: Microseconds
    var top: Int
    var bottom: Int
    /// Whether it is the silence that ended the session.
    var isSilence: Bool
  }

  private(set) var breaks: [Break] = []
  /// Below the last moment.
  private(set) var bottom: Int
  private var stops: [(at: Microseconds, y: Int)] = []

  /// A scale through these moments, the first at `top`. `silence` is always a break, and its box begins `overhang`
  /// lower where labels of what was before reach into it; `density` is the height that an event wants in the mean.
  init(
    _ moments: [Microseconds], silence: Range<Microseconds>?, top: Int, overhang: Int = 0,
    density: Int = 22, breakHeight: Int = 26, silenceHeight: Int = 96
  ) {
    let sorted = Set(moments + [silence?.lowerBound, silence?.upperBound].compactMap(\.self))
      .sorted()
    let gaps = zip(sorted, sorted.dropFirst()).map { (from: $0, to: $1, length: $1 &- $0) }
    let isSilent = { (from: Microseconds, to: Microseconds) in
      silence.map { $0.lowerBound <= from && to <= $0.upperBound } ?? false
    }
    // The longest go first, as long as one is longer than all that is left beside it.
    var broken = Set(gaps.indices.filter { isSilent(gaps[$0].from, gaps[$0].to) })
    var rest = gaps.indices.filter { !broken.contains($0) }.map { gaps[$0].length }.reduce(0, &+)
    for index in gaps.indices.sorted(by: { gaps[$0].length > gaps[$1].length })
    where !broken.contains(index) {
      guard gaps.count - broken.count > 2, gaps[index].length > rest / 2 else { break }
      broken.insert(index)
      rest = rest &- gaps[index].length
    }
    let height = min(900, max(60, density * (gaps.count - broken.count + 1)))
    var y = top
    stops = sorted.first.map { [($0, top)] } ?? []
    var passed: Microseconds = 0
    var start = top
    var overhang = overhang
    for (index, gap) in gaps.enumerated() {
      if broken.contains(index) {
        let isSilence = isSilent(gap.from, gap.to)
        if isSilence {
          y += overhang
          overhang = 0
        }
        let next = y + (isSilence ? silenceHeight : breakHeight)
        breaks.append(Break(from: gap.from, to: gap.to, top: y, bottom: next, isSilence: isSilence))
        y = next
        start = y
        passed = 0
      } else {
        passed = passed &+ gap.length
        y = start + (rest > 0 ? Int(Double(passed) / Double(rest) * Double(height)) : 0)
      }
      stops.append((gap.to, y))
    }
    bottom = y
  }

  /// The place of a moment; one between two that the scale was made of lies between theirs.
  func y(_ moment: Microseconds) -> Int {
    guard let next = stops.firstIndex(where: { $0.at >= moment }) else { return bottom }
    guard next > 0, stops[next].at > moment else { return stops[next].y }
    let (before, after) = (stops[next - 1], stops[next])
    let part = Double(moment &- before.at) / Double(after.at &- before.at)
    return before.y + Int(part * Double(after.y - before.y))
  }
}
