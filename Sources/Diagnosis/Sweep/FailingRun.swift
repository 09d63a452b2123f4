/// Tested values that all fail, with no tested value between them that does not.
struct FailingRun: Equatable {
  /// In order; never empty.
  var tested: [Int]
  /// The nearest tested values outside that do not fail; `nil` where the range ends.
  var below: Int?
  var above: Int?

  var first: Int { tested.first ?? 0 }
  var last: Int { tested.last ?? 0 }
  var span: Int { last - first + 1 }
  /// A size or a handful next to each other: what a boundary fault looks like.
  var isNarrow: Bool { span <= 4 }

  /// Every run of `rows`, which are in order; values that could not be tested are passed over.
  static func all(in rows: [SweepRow]) -> [FailingRun] {
    var runs: [FailingRun] = []
    var open = false
    var below: Int?
    for row in rows {
      switch row.result {
      case .untestable: continue
      case .fails where open: runs[runs.count - 1].tested.append(row.value)
      case .fails:
        runs.append(FailingRun(tested: [row.value], below: below))
        open = true
      case .passes, .intermittent:
        if open { runs[runs.count - 1].above = row.value }
        open = false
        below = row.value
      }
    }
    return runs
  }
}
