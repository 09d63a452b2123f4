/// The stretches of untested values: where a fault may lie that no likely value leads to.
///
/// What lies between values that fail is told as inferred, and is no gap.
struct SweepGaps {
  /// The last tested value below a gap, and how many untested values it has.
  private typealias Gap = (below: Int, width: Int)

  /// In order, those at the ends of the range too.
  private let gaps: [Gap]
  /// Those between values that pass; beside one that fails, or cannot be tested, the search has been.
  private let inviting: [Gap]
  private let range: ClosedRange<Int>

  /// The narrowest band of failing values that is looked for without a reason.
  static let finest = 16
  /// Sessions kept for what a failure leads to that is met late.
  static let kept = 64

  /// From judged rows, which are in order.
  init(_ range: ClosedRange<Int>, rows: [SweepRow]) {
    self.range = range
    let tested = rows.filter { $0.result != .untestable }
    let ends = [range.lowerBound - 1] + tested.map(\.value) + [range.upperBound + 1]
    let inside = Set(
      zip(tested, tested.dropFirst()).filter { $0.result == .fails && $1.result == .fails }
        .map(\.0.value))
    gaps = zip(ends, ends.dropFirst()).filter { $1 - $0 > 1 && !inside.contains($0) }.map {
      (below: $0, width: $1 - $0 - 1)
    }
    inviting = zip(rows, rows.dropFirst()).filter { lower, upper in
      upper.value - lower.value > 1
        && [lower, upper].allSatisfy { $0.result == .passes || $0.result == .intermittent }
    }.map { (below: $0.value, width: $1.value - $0.value - 1) }
  }

  /// Untested values of the widest gap.
  var widest: Int { gaps.map(\.width).max() ?? 0 }

  /// Values that leave no gap as wide as the narrowest band that so many `sessions` suffice for.
  func values(sessions: Int) -> [Int] {
    let widest = inviting.map(\.width).max() ?? 0
    guard sessions > 0, widest >= Self.finest else { return [] }
    // More sessions never make the narrowest band wider.
    var (low, high) = (Self.finest, widest + 1)
    while low < high {
      let band = low + (high - low) / 2
      if number(against: band) <= sessions { high = band } else { low = band + 1 }
    }
    return inviting.flatMap { gap in
      let number = gap.width / low
      return (0..<number).map { gap.below + (gap.width + 1) * ($0 + 1) / (number + 1) }
    }
  }

  private func number(against band: Int) -> Int { inviting.reduce(0) { $0 + $1.width / band } }

  /// The chance to have met no value of a fault so many values wide that is equally likely to lie
  /// anywhere in the range.
  func chanceToMiss(width: Int) -> Double {
    guard width <= range.count else { return 0 }
    let missed = gaps.reduce(0) { $0 + max(0, $1.width - width + 1) }
    return Double(missed) / Double(range.count - width + 1)
  }
}

/// How likely it is that a sweep has met no value of a fault.
package struct SweepMiss: Codable, Sendable, Equatable {
  /// Failing values next to each other.
  package let width: Int
  /// From 0 to 1, to four places: every place in the range being equally likely.
  package let chance: Double

  package init(width: Int, chance: Double) {
    self.width = width
    self.chance = chance
  }

  /// The chances that are told; empty when every value was tested.
  static func all(in gaps: SweepGaps) -> [SweepMiss] {
    guard gaps.widest > 0 else { return [] }
    return [1, 4, SweepGaps.finest, 64].map { width in
      SweepMiss(
        width: width, chance: (gaps.chanceToMiss(width: width) * 10_000).rounded() / 10_000)
    }
  }

  /// `one value 94 %`.
  var text: String {
    let percent = Int((chance * 100).rounded())
    let shown =
      switch percent {
      case 0 where chance > 0: "less than 1 %"
      case 100 where chance < 1: "more than 99 %"
      default: "\(percent) %"
      }
    return (width == 1 ? "one value" : "\(width) values in a row") + " \(shown)"
  }
}
