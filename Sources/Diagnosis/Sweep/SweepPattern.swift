/// Failing values that come round: every so many-th of them, and none between.
///
/// What counts modulo something has no boundary: a device that looks at the parity of a length, a cipher's
/// blocks, a buffer that is filled again and again.
package struct SweepPattern: Codable, Sendable, Equatable {
  package let period: Int
  /// The remainders by the period that fail, from the first to the last; behind the period they go on at 0.
  package let first: Int
  package let last: Int
  /// The least and the greatest value that fails, and how many tested values in them do and do not.
  package let from: Int
  package let to: Int
  package let failing: Int
  package let passing: Int

  private enum CodingKeys: String, CodingKey {
    case period, from, to, failing, passing
    case first = "first_remainder"
    case last = "last_remainder"
  }

  /// So many failing values, each in a period of its own, make a pattern; three make a guess.
  static let enough = 4
  static let guess = 3

  /// The shortest period that explains every tested value from the first that fails to the last; `nil` where
  /// there is none, or fewer than `count` periods have a value that fails.
  init?(_ rows: [SweepRow], count: Int = Self.enough) {
    let fails = rows.filter { $0.result == .fails }.map(\.value)
    guard let from = fails.first, let to = fails.last,
      !rows.contains(where: { $0.result == .intermittent })
    else { return nil }
    let passes = rows.filter { $0.result == .passes && (from...to).contains($0.value) }
      .map(\.value)
    guard fails.count >= count, passes.count >= count else { return nil }
    let periods = Self.periods(of: fails).filter { $0 * (count - 1) <= to - from }
    let found = periods.lazy.compactMap { period in
      Self.band(of: fails, without: passes, modulo: period).map { (period, $0) }
    }.first { period, band in
      Set(fails.map { ($0 - band.lowerBound) / period }).count >= count
    }
    guard let (period, band) = found else { return nil }
    self.period = period
    first = band.lowerBound
    last = band.upperBound
    self.from = from
    self.to = to
    failing = fails.count
    passing = passes.count
  }

  /// Those that may be: what the distances of failing values have in common, and powers of two.
  private static func periods(of fails: [Int]) -> [Int] {
    let common = zip(fails, fails.dropFirst()).map { $1 - $0 }.reduce(0, greatestDivisor)
    let divisors = common > 1 ? (2...min(common, 4_096)).filter { common % $0 == 0 } : []
    return Set(divisors + [common].filter { $0 > 1 } + (2...16).map { 1 << $0 }).sorted()
  }

  /// The shortest stretch of remainders that has all which fail and none that passes, at most half of them.
  private static func band(
    of fails: [Int], without passes: [Int], modulo period: Int
  ) -> ClosedRange<Int>? {
    let remainders = Set(fails.map { $0 % period }).sorted()
    guard let least = remainders.first else { return nil }
    // It begins behind the widest gap, which is that behind the last at first.
    var (first, last) = (least, remainders.last ?? least)
    var widest = least + period - last
    for (below, above) in zip(remainders, remainders.dropFirst()) where above - below > widest {
      (first, last, widest) = (above, below + period, above - below)
    }
    let band = first...last
    guard band.count * 2 <= period,
      !passes.contains(where: { Self.contains($0, band, period) })
    else { return nil }
    return band
  }

  private static func contains(_ value: Int, _ band: ClosedRange<Int>, _ period: Int) -> Bool {
    band.contains(value % period) || band.contains(value % period + period)
  }

  /// Values that would refute it: of each remainder that fails elsewhere, and beside it what half of the
  /// period, or a third, would have fail.
  func tests(in range: ClosedRange<Int>) -> [Int] {
    let number = range.count / period
    let middle = first + (last - first) / 2
    let start = (range.lowerBound + period - 1) / period
    let members = (0...8).map { (start + number * $0 / 8) * period + middle }
    let shorter = [2, 3, 5, 7].filter { period % $0 == 0 }.map { period / $0 }
    let between = shorter.flatMap { step in
      [1, 4, 7].map { (start + number * $0 / 8) * period + middle + step }
    }
    return members + between
  }
}

extension SweepPattern {
  /// `every second size, the odd ones`, `every 256th size, the multiples of 256 plus one`.
  package var text: String {
    if period == 2 { return "every second size, the \(first == 0 ? "even" : "odd") ones" }
    let ordinal = "every \(nth(period)) size"
    guard first == last else {
      let rest =
        last < period
        ? "\(first) to \(last)" : "\(first) to \(period - 1), or 0 to \(last - period),"
      return "all sizes that leave \(rest) when divided by \(period)"
    }
    switch first {
    case 0: return "\(ordinal), the multiples of \(period)"
    case 1: return "\(ordinal), the multiples of \(period) plus one"
    case period - 1: return "\(ordinal), the multiples of \(period) minus one"
    default: return "\(ordinal), those that leave \(first) when divided by \(period)"
    }
  }

  /// Whether more than one remainder fails.
  var isBand: Bool { first != last }

  /// How well that was tested: `all 12 of them that were tested from 49 to 1456, and none of 60 sizes between`.
  package var evidence: String {
    "all \(failing) of them that were tested from \(from) to \(to), and none of"
      + " \(count(passing, "size")) between"
  }
}

/// The greatest number that divides both; 0 divides by none and is divided by all.
func greatestDivisor(_ left: Int, _ right: Int) -> Int {
  right == 0 ? left : greatestDivisor(right, left % right)
}

/// `second`, `20th`.
func nth(_ number: Int) -> String {
  let words = [
    "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
  ]
  if words.indices.contains(number - 2) { return words[number - 2] }
  let suffix =
    switch (number % 100, number % 10) {
    case (11...13, _): "th"
    case (_, 1): "st"
    case (_, 2): "nd"
    case (_, 3): "rd"
    default: "th"
    }
  return "\(number)\(suffix)"
}
