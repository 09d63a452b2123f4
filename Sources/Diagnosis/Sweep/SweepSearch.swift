/// Where to look next, from what has been tested: the ends of failing runs, their insides, and the
/// other members of the families that they may belong to.
///
/// It keeps nothing between rounds, so each round follows from the rows alone, and the search ends
/// when no rule has a value left.
struct SweepSearch {
  private let plan: SweepPlan
  private let runs: [FailingRun]
  private let failedTwice: Set<Int>
  private var found: OrderedValues

  /// How many members of one family are tested around its first, and around one that fails.
  private static let familyLimit = 32
  /// The most runs whose ends are looked at where failing values come round.
  private static let patternLimit = 4
  /// Into so many parts a gap is divided.
  private static let parts = 6
  /// The most narrow runs whose families are followed.
  private static let narrowLimit = 8

  /// The values that ought to be tested next, none of them tested before.
  static func values(_ plan: SweepPlan, rows: [SweepRow], runs: [FailingRun]) -> [Int] {
    var search = SweepSearch(plan, rows: rows, runs: runs)
    switch plan.method {
    case .exhaustive: break
    case .bisecting: for run in runs { search.bisectEnds(of: run) }
    case .likely, .brief:
      if let pattern = SweepPattern(rows, count: SweepPattern.guess),
        !plan.blocks.contains(pattern.period)
      {
        for run in runs.prefix(Self.patternLimit) { search.settleEnds(of: run) }
        for value in pattern.tests(in: plan.range) { search.found.add(value) }
        break
      }
      for run in runs {
        search.settleEnds(of: run)
        search.look(into: run)
      }
      search.followFamilies()
    }
    return search.found.values
  }

  private init(_ plan: SweepPlan, rows: [SweepRow], runs: [FailingRun]) {
    self.plan = plan
    self.runs = runs
    failedTwice = Set(rows.filter { $0.failed >= 2 }.map(\.value))
    found = OrderedValues(plan.range, known: Set(rows.map(\.value)))
  }

  /// Tests the neighbour of either end; once that fails too, three values that quarter the gap.
  private mutating func settleEnds(of run: FailingRun) {
    let isWide = run.tested.count > 1
    settle(
      edge: run.first, beyond: run.below ?? plan.range.lowerBound - 1,
      isThick: isWide && run.tested[1] == run.first + 1)
    settle(
      edge: run.last, beyond: run.above ?? plan.range.upperBound + 1,
      isThick: isWide && run.tested[run.tested.count - 2] == run.last - 1)
  }

  private mutating func settle(edge: Int, beyond: Int, isThick: Bool) {
    let step = beyond < edge ? -1 : 1
    let gap = abs(edge - beyond)
    if gap > 1 { found.add(edge + step) }
    if isThick, gap > 2 {
      for part in 1...3 { found.add(edge + step * (gap * part / 4)) }
    }
  }

  /// Divides the gap at either end that a known value bounds, at so many places as run side by side.
  private mutating func bisectEnds(of run: FailingRun) {
    if let below = run.below { divide(below, run.first) }
    if let above = run.above { divide(run.last, above) }
  }

  private mutating func divide(_ low: Int, _ high: Int) {
    let parts = Self.parts
    guard high - low > parts else {
      for value in low..<high { found.add(value) }
      return
    }
    // A size may be of any order of magnitude.
    let powers = Array(sequence(first: max(1, low) * 4) { $0 * 4 }.prefix { $0 < high })
    let values =
      powers.count > 1
      ? spread(powers, parts - 1) : (1..<parts).map { low + (high - low) * $0 / parts }
    for value in values { found.add(value) }
  }

  /// Two failing values with nothing tested between them may be two faults, or one.
  private mutating func look(into run: FailingRun) {
    let members = Set(run.tested)
    let pairs = zip(run.tested, run.tested.dropFirst()).filter { $1 - $0 > 1 }
    // Four solid places show what a run is like; its ends must be solid in any case.
    let isSolid = run.tested.count { members.contains($0 + 1) } >= 4
    for (lower, upper) in pairs {
      if !members.contains(lower - 1), !isSolid || lower == run.first { found.add(lower + 1) }
      if !members.contains(upper + 1), !isSolid || upper == run.last { found.add(upper - 1) }
      if upper - lower > max(8, run.span / 8) { found.add(lower + (upper - lower) / 2) }
    }
  }

  /// One failing size may be the first of many: multiples of a block, and equal distances.
  private mutating func followFamilies() {
    // Only what failed twice: a family of a failure by chance is many sessions for nothing.
    let starts = runs.filter { $0.isNarrow && failedTwice.contains($0.first) }.map(\.first)
    for value in starts.prefix(Self.narrowLimit) {
      for block in plan.blocks {
        for offset in [1, 0, -1] where (value - offset) % block == 0 && value > offset {
          let middle = (value - offset) / block
          for step in 1...Self.familyLimit / 2 {
            found.add(block * step + offset)
            found.add(block * (middle - step) + offset)
            found.add(block * (middle + step) + offset)
          }
        }
      }
      // A block size that nobody named.
      for multiple in 2...4 {
        found.add((value - 1) * multiple + 1)
        found.add(value * multiple)
        found.add((value + 1) * multiple - 1)
      }
    }
    for (first, second) in zip(starts, starts.dropFirst()).prefix(Self.narrowLimit) {
      for step in 1...4 {
        found.add(second + (second - first) * step)
        found.add(first - (second - first) * step)
      }
    }
  }
}
