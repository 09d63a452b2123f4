/// Which values are to be tested again, so that a failure of a size is told from one that comes and goes.
struct SweepRetries {
  /// Failures come and go at so many values that looking for a pattern of sizes is idle.
  let isChaotic: Bool

  private let rows: [Int: SweepRow]
  private let groups: [[Int]]
  private let intermittent: [Int]

  /// The most failing runs, and intermittent values, that are tested again.
  private static let limit = 32
  /// The same where they come round.
  private static let limitOfPattern = 6
  /// The tries after which a failure is taken for one of the value.
  private static let confirmed = 3
  /// The same where some values fail at times: what fails every other time fails all of eight once
  /// in 256.
  private static let confirmedAmongUnsteady = 8
  /// The tries of a failing value, and of its neighbours, by which it must have shown that the value
  /// makes a difference, where chance alone fails so often that no number of tries excludes it.
  private static let uncertain = 16
  /// However often failures come and go, no value is tested more often.
  private static let patience = 24

  init(rows: [SweepRow], runs: [FailingRun]) {
    let byValue = Dictionary(rows.map { ($0.value, $0) }, uniquingKeysWith: { first, _ in first })
    self.rows = byValue
    let unsteady = rows.filter { $0.result == .intermittent }.map(\.value)
    let steady = runs.count { run in
      run.tested.contains { (byValue[$0]?.tries ?? 0) >= Self.confirmed }
    }
    isChaotic = unsteady.count >= 3 && unsteady.count >= steady
    intermittent = spread(unsteady, Self.limit)
    let isChaotic = isChaotic
    // A failing value stands between its neighbours, so that they are tested in turn. Where most
    // failures are chance, its neighbours are worth it only once it has stood a few tries.
    // What comes round is one thing, and not many: a few of them stand for all.
    let isPattern = SweepPattern(rows, count: SweepPattern.guess) != nil
    groups = spread(runs, isPattern ? Self.limitOfPattern : Self.limit).map { run in
      let members = spread(run.tested, 3)
      let stands = members.contains { (byValue[$0]?.tries ?? 0) >= Self.confirmed }
      return isChaotic && !stands
        ? members
        : [run.below].compactMap(\.self) + members + [run.above].compactMap(\.self)
    }
  }

  /// The next try of each: twice while the search goes on, three times at its end, and failing values
  /// more often where anything came and went.
  func values(isLast: Bool) -> [Int] {
    let usual = isLast ? Self.confirmed : 2
    let failing = isLast ? requiredTries ?? Self.uncertain : usual
    var due: [Int] = []
    for value in Array(groups.joined()) + (isChaotic || !isLast ? [] : intermittent) {
      // What could not be tested so often cannot be.
      guard let row = rows[value], !due.contains(value), row.unplanned < Self.confirmed else {
        continue
      }
      if row.tries < (row.result == .intermittent ? usual : failing) { due.append(value) }
    }
    return due
  }
}

extension SweepRetries {
  /// Tries after which a failing value is taken for one that always fails; `nil` where chance fails so
  /// often that no number of tries within reason excludes it.
  ///
  /// Where anything comes and goes, so many that among all values there would be one by chance in a
  /// hundred sweeps at most. The rate of chance is that of the values that came and went, once it is
  /// shown that the value makes a difference; until then it is that of all sessions, since the values
  /// that happened to fail each time are no evidence of anything else.
  var requiredTries: Int? {
    if intermittent.isEmpty { return Self.confirmed }
    let isShown = SweepHomogeneity(Array(rows.values)).isRefuted
    if isShown, !isChaotic { return Self.confirmedAmongUnsteady }
    let unsteady = failureRate(of: rows.values.filter { $0.result == .intermittent })
    let rate = isShown ? unsteady : max(unsteady, failureRate(of: Array(rows.values)))
    var tries = 0
    var byChance = Double(rows.count)
    while byChance > 0.01 {
      guard tries < Self.patience else { return nil }
      byChance *= rate
      tries += 1
    }
    return max(tries, Self.confirmedAmongUnsteady)
  }
}

private func failureRate(of rows: [SweepRow]) -> Double {
  let tries = rows.reduce(0) { $0 + $1.tries }
  return Double(rows.reduce(0) { $0 + $1.failed }) / Double(max(1, tries))
}

/// At most `limit` of the items, the first and the last among them, the others evenly between.
func spread<Item>(_ items: [Item], _ limit: Int) -> [Item] {
  guard items.count > limit, limit > 1 else { return items }
  return (0..<limit).map { items[$0 * (items.count - 1) / (limit - 1)] }
}
