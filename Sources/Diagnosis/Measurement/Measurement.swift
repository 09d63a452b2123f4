import SessionTrace

/// Which sizes fail, where a diagnosis has measured it: the number that a remedy needs.
///
/// A size passes with which the failure is gone, whatever comes behind it.
package struct Measurement: Sendable, Equatable {
  /// A tested size.
  package struct Size: Sendable, Equatable {
    package var value: Int
    /// Sessions that told something, and those of them that failed as the session as given does.
    package var tries: Int
    package var failed: Int
    /// Sessions that told nothing: another failure, or another size.
    package var unplanned: Int

    package init(value: Int, tries: Int, failed: Int, unplanned: Int) {
      self.value = value
      self.tries = tries
      self.failed = failed
      self.unplanned = unplanned
    }
  }

  /// In order.
  package let sizes: [Size]
  /// Sessions that it took, those apart that were had before.
  package let sessions: Int
  package let conclusion: SweepConclusion

  package init(
    of option: SweepOption, range: ClosedRange<Int>, sizes: [Size], sessions: Int,
    stop: SweepStop?
  ) {
    self.sizes = sizes
    self.sessions = sessions
    let failure = SweepOutcome(status: .stalled, stage: .mail)
    let rows = sizes.map { size in
      SweepRow(
        value: size.value,
        outcomes: Array(repeating: failure, count: size.failed)
          + Array(repeating: .passed, count: size.tries - size.failed), unplanned: size.unplanned)
    }
    conclusion = SweepConclusion(
      plan: SweepPlan(measuring: option, range: range, by: .brief, sessionLimit: sessions),
      rows: SweepRow.judged(rows), stop: stop)
  }
}

extension Measurement.Size {
  init(_ row: SweepRow) {
    self.init(
      value: row.value, tries: row.tries, failed: row.failed, unplanned: row.unplanned)
  }

  package var result: SweepRow.Result {
    if tries == 0 { return .untestable }
    return failed == 0 ? .passes : failed == tries ? .fails : .intermittent
  }
}
