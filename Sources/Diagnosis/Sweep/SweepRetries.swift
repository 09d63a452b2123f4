/// Which values are to be tested again, so that a failure of a size is told from one that comes and goes.
struct SweepRetries {
  /// Failures come and go at so many values that looking for a pattern of sizes is idle.
  let isChaotic: Bool

  private let rows: [Int: SweepRow]
  private let groups: [[Int]]
  private let intermittent: [Int]

  /// The most failing runs, and intermittent values, that are tested again.
  private static let limit = 32

  init(_ plan: SweepPlan, rows: [SweepRow], runs: [FailingRun]) {
    self.rows = Dictionary(rows.map { ($0.value, $0) }, uniquingKeysWith: { first, _ in first })
    let unsteady = rows.filter { $0.result == .intermittent }.map(\.value)
    intermittent = spread(unsteady, Self.limit)
    isChaotic = unsteady.count >= 3 && unsteady.count >= runs.count
    // A failing value stands between its neighbours, so that they are tested in turn.
    groups = spread(runs, Self.limit).map { run in
      [run.below].compactMap(\.self) + spread(run.tested, 3) + [run.above].compactMap(\.self)
    }
  }

  /// The next try of each; failing values twice while the search goes on, and all of them at least
  /// three times `isLast`, more often where anything came and went.
  func values(isLast: Bool) -> [Int] {
    let steady = isLast ? (intermittent.isEmpty ? 3 : 8) : 2
    var due: [Int] = []
    for value in groups.joined() + intermittent where !due.contains(value) {
      guard let row = rows[value] else { continue }
      let wanted = row.result == .fails ? steady : isLast ? 3 : 1
      if row.tries < wanted { due.append(value) }
    }
    return due
  }
}

/// At most `limit` of the items, the first and the last among them, the others evenly between.
func spread<Item>(_ items: [Item], _ limit: Int) -> [Item] {
  guard items.count > limit, limit > 1 else { return items }
  return (0..<limit).map { items[$0 * (items.count - 1) / (limit - 1)] }
}
