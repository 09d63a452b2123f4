/// What a sweep found out, and what it did not.
package struct SweepConclusion: Sendable, Equatable {
  /// What the failing values look like.
  package enum Kind: String, Codable, Sendable {
    /// No tested value fails.
    case nothing
    /// Single sizes, their neighbours passing.
    case isolated
    /// Everything from one value up, or up to one value, as far as the range goes.
    case threshold
    /// Ranges, or a mixture.
    case ranges
    /// Every tested value fails: the value makes no difference.
    case all
    /// Failures that come and go, and no value that fails more steadily than chance explains.
    case intermittent
    /// Too little was tested to say anything.
    case unknown
  }

  package let option: SweepOption
  package let range: ClosedRange<Int>
  package let kind: Kind
  /// In order.
  package let failing: [SweepRange]
  /// Those that failed in every try, beside failures that come and go, and not often enough to exclude
  /// chance; in order.
  package let unconfirmed: [SweepRange]
  package let intermittent: [SweepIntermittent]
  /// Values of the range that were tested, and that no session could test.
  package let tested: Int
  package let untestable: [Int]
  /// Sessions that told something.
  package let sessions: Int
  /// Values that passed, and those of them that had only one try.
  package let passing: Int
  package let passingOnce: Int
  package let families: [SweepFamily]
  /// How failing values come round; `nil` where they do not.
  package let pattern: SweepPattern?
  /// The chances to have missed faults of some widths; empty when nothing was left out.
  package let misses: [SweepMiss]
  /// Untested values in a row between values that pass, at most: a fault wider than that was met.
  package let widestGap: Int
  package let stop: SweepStop?
  /// The value whose session met the 421 that ended the sweep; `nil` where none did.
  package let turnedAwayAt: Int?
  /// Whether some value failed so often that chance does not explain it.
  package let isConfirmed: Bool
  /// The outcome that all tested values share; `nil` when they differ.
  package let only: SweepOutcome?

  /// The conclusion from judged rows, which are in order; a saved sweep gives it again.
  package init(
    plan: SweepPlan, rows: [SweepRow], stop: SweepStop?, turnedAwayAt: Int? = nil
  ) {
    let byValue = Dictionary(rows.map { ($0.value, $0) }, uniquingKeysWith: { first, _ in first })
    let runs = FailingRun.all(in: rows)
    option = plan.option
    range = plan.range
    intermittent = rows.filter { $0.result == .intermittent }.map {
      SweepIntermittent(value: $0.value, tries: $0.tries, failed: $0.failed)
    }
    let required = SweepRetries(rows: rows, runs: runs).requiredTries ?? .max
    let isSteady = intermittent.isEmpty
    let ranges = runs.map { run in
      SweepRange(run, tries: spread(run.tested, 3).compactMap { byValue[$0]?.tries }.min() ?? 0)
    }
    failing = ranges.filter { isSteady || $0.tries >= required }
    unconfirmed = ranges.filter { !isSteady && $0.tries < required }
    isConfirmed = failing.contains { $0.tries >= required }
    tested = rows.count { $0.result != .untestable }
    untestable = rows.filter { $0.result == .untestable }.map(\.value)
    let passes = rows.filter { $0.result == .passes }
    passing = passes.count
    passingOnce = passes.count { $0.tries == 1 }
    sessions = rows.reduce(0) { $0 + $1.tries + $1.unplanned }
    families = SweepFamily.relevant(
      to: failing.filter(\.isNarrow).map(\.from), plan: plan, rows: byValue)
    pattern = SweepPattern(rows)
    let gaps = SweepGaps(plan.range, rows: rows)
    misses = SweepMiss.all(in: gaps)
    widestGap = gaps.widest
    self.stop = stop
    self.turnedAwayAt = turnedAwayAt
    let outcomes = Set(rows.flatMap(\.outcomes))
    only = outcomes.count == 1 ? outcomes.first : nil
    if stop == .unreachable {
      kind = .unknown
    } else if !intermittent.isEmpty, !isConfirmed {
      kind = .intermittent
    } else {
      kind = Self.kind(failing, intermittent: intermittent, tested: tested)
    }
  }

  private static func kind(
    _ failing: [SweepRange], intermittent: [SweepIntermittent], tested: Int
  ) -> Kind {
    if tested == 0 { return .unknown }
    if failing.isEmpty { return intermittent.isEmpty ? .nothing : .intermittent }
    if intermittent.isEmpty, failing.reduce(0, { $0 + $1.tested }) == tested { return .all }
    // At the end of the range a single size may be the first of many.
    if failing.allSatisfy({ $0.isSingle }) { return .isolated }
    if failing.count == 1, failing[0].below == nil || failing[0].above == nil { return .threshold }
    return .ranges
  }

  /// Values of the range that no session tested.
  package var untested: Int { range.count - tested }

  /// The process exit status: 0 nothing found, 1 something found, 2 inconclusive.
  package var exitCode: Int {
    switch (kind, stop) {
    case (.unknown, _), (.intermittent, _), (.nothing, .some), (_, .turnedAway), (_, .lockedOut),
      (_, .unreachable):
      2
    case (.nothing, nil): 0
    case (.isolated, _), (.threshold, _), (.ranges, _), (.all, _):
      isConfirmed ? 1 : 2
    }
  }
}
