/// What counts as passing in a sweep.
///
/// `ok` does, wherever it was seen. A server that refuses our recipient refuses it at every size, and
/// its refusal is then what is usual; but when nothing differs, no refusal is called a pass.
enum SweepBaseline: Equatable {
  /// Nothing seen yet can be called a pass.
  case none
  case ok
  case refusal(SweepOutcome)

  init(_ outcomes: [SweepOutcome]) {
    if outcomes.contains(where: { $0.status == .ok }) {
      self = .ok
      return
    }
    let kinds = Set(outcomes)
    var counts: [SweepOutcome: Int] = [:]
    for outcome in outcomes where outcome.isRefusal { counts[outcome, default: 0] += 1 }
    // The text decides between equals, so that a sweep comes out the same every time.
    let most = counts.max { ($0.value, $1.key.text) < ($1.value, $0.key.text) }
    self = kinds.count > 1 ? most.map { .refusal($0.key) } ?? .none : .none
  }

  func isPassed(by outcome: SweepOutcome) -> Bool {
    switch self {
    case .none: false
    case .ok: outcome.status == .ok
    case .refusal(let usual): outcome == usual
    }
  }
}
