import SessionTrace

/// The first session that was not ok, of each of the lowest values of a sweep.
///
/// Only that of the lowest failing value is shown, and which that is comes last.
struct LowestFailures {
  /// So many traces are kept.
  static let kept = 32

  private var traces: [Int: Trace] = [:]

  /// A session at that value was not ok.
  mutating func add(_ trace: Trace, at value: Int) {
    guard traces[value] == nil else { return }
    traces[value] = trace
    if traces.count > Self.kept, let highest = traces.keys.max() { traces[highest] = nil }
  }

  /// The one of that value, where it is kept.
  subscript(value: Int) -> Trace? { traces[value] }
}
