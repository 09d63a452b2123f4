/// What a sweep may test, and where it looks first.
package struct SweepPlan: Sendable, Equatable {
  package let option: SweepOption
  /// The values that the user asked about.
  package let range: ClosedRange<Int>
  /// How values are chosen.
  let method: Method
  /// Payload sizes of a full TCP segment that boundaries may lie at, bytes.
  package let segmentSizes: [Int]
  /// The most sessions that may be begun.
  package let sessionLimit: Int

  /// How the values of a sweep are chosen.
  enum Method: Sendable {
    /// Those that are likely, what they lead to, and the widest gaps while sessions are left.
    case likely
    /// All.
    case exhaustive
    /// Those that are likely and what they lead to, beside values that are known.
    case brief
    /// Between values that are known: where failing begins and ends.
    case bisecting
  }

  /// Every value is tested, instead of those that are likely and what they lead to.
  package var isExhaustive: Bool { method == .exhaustive }

  /// How many sessions a sweep may need beyond its first values, unless a limit is given.
  private static let reserve = 400

  /// So few values are all tested: to choose among them would save next to nothing.
  private static let smallRange = 64

  /// Sizes of 1448 and 1460 are those of Ethernet, with and without TCP timestamps.
  package init(
    option: SweepOption, range: ClosedRange<Int>, isExhaustive: Bool = false,
    segmentSizes: [Int] = [1448, 1460], sessionLimit: Int? = nil
  ) {
    self.option = option
    self.range = range
    let isExhaustive = isExhaustive || range.count <= Self.smallRange
    method = isExhaustive ? .exhaustive : .likely
    self.segmentSizes = segmentSizes.filter { $0 > 1 }
    let first = Self.firstValues(
      in: range, isExhaustive: isExhaustive, segmentSizes: self.segmentSizes)
    firstValues = first
    self.sessionLimit = sessionLimit ?? first.count + Self.reserve
  }

  /// What a diagnosis measures beside the values that it knows.
  init(
    measuring option: SweepOption, range: ClosedRange<Int>, by method: Method, sessionLimit: Int
  ) {
    self.option = option
    self.range = range
    self.method = method
    segmentSizes = [1448, 1460]
    firstValues =
      method == .bisecting
      ? [] : Self.firstValues(in: range, isExhaustive: false, segmentSizes: segmentSizes, grid: 8)
    self.sessionLimit = sessionLimit
  }

  /// The values of the first round, the likeliest first; no value twice.
  package let firstValues: [Int]

  /// The block sizes at which implementations cut: half a kilobyte and its doubles, and full segments.
  var blocks: [Int] { [512, 1024, 2048, 4096, 8192, 16_384, 32_768, 65_536] + segmentSizes }

  private static func firstValues(
    in range: ClosedRange<Int>, isExhaustive: Bool, segmentSizes: [Int], grid: Int = 16
  ) -> [Int] {
    var chosen = OrderedValues(range)
    for value in [998, 1000] { chosen.add(value) }
    for (block, most) in [(512, 32), (1024, 32)] + segmentSizes.map({ ($0, 8) }) {
      for multiple in 1...most { chosen.addAround(block * multiple) }
    }
    for exponent in 0...30 { chosen.addAround(1 << exponent) }
    chosen.add(range.lowerBound)
    chosen.add(range.upperBound)
    // What nobody suspects is looked at too, if coarsely.
    let step = max(1, (range.upperBound - range.lowerBound) / grid)
    for number in 0...grid { chosen.add(range.lowerBound + number * step) }
    if isExhaustive { for value in range { chosen.add(value) } }
    return chosen.values
  }
}

/// Values of a range in the order in which they were added, each once.
struct OrderedValues {
  private(set) var values: [Int] = []
  private let range: ClosedRange<Int>
  private var known: Set<Int>

  /// `known` are values that need not be added any more.
  init(_ range: ClosedRange<Int>, known: Set<Int> = []) {
    self.range = range
    self.known = known
  }

  /// Adds a value, unless it is out of range or there already.
  mutating func add(_ value: Int) {
    if range.contains(value), known.insert(value).inserted { values.append(value) }
  }

  /// Adds a boundary with its neighbours, the far side first: that is where the known bugs were.
  mutating func addAround(_ value: Int) {
    add(value + 1)
    add(value)
    add(value - 1)
  }
}
