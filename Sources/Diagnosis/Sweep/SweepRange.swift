// For its null where a value is absent: see `ExplicitNulls.swift` there.
import SessionTrace

/// Values next to each other that fail, or are held to: what lies between tested ones is inferred.
package struct SweepRange: Codable, Sendable, Equatable {
  package let from: Int
  package let to: Int
  /// How many of its values were tested; every one of them failed.
  package let tested: Int
  /// Sessions of the value that was tested least among those that stand for the range.
  package let tries: Int
  /// The tested neighbours that do not fail; `nil` where the range of the sweep ends.
  package let below: Int?
  package let above: Int?

  /// One size alone.
  package var isSingle: Bool { from == to }
  /// A size or a handful next to each other: what a boundary fault looks like.
  var isNarrow: Bool { to - from < 4 }
  /// Values inside that were not tested.
  package var inferred: Int { to - from + 1 - tested }

  init(_ run: FailingRun, tries: Int) {
    from = run.first
    to = run.last
    tested = run.tested.count
    self.tries = tries
    below = run.below
    above = run.above
  }
}

/// A value that fails at times.
package struct SweepIntermittent: Codable, Sendable, Equatable {
  package let value: Int
  package let tries: Int
  package let failed: Int
}
