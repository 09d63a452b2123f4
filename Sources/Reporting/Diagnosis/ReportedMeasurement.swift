import Diagnosis
// For its null where a value is absent: see `ExplicitNulls.swift` there.
import SessionTrace

/// A measurement in JSON: what was tested, and which sizes fail.
struct ReportedMeasurement: Codable {
  /// A tested size.
  struct Row: Codable {
    let value: Int
    let result: SweepRow.Result
    let tries: Int
    let failed: Int
    /// Sessions that told nothing.
    let unplanned: Int
  }

  let base: [String]
  let option: SweepOption
  let range: ReportedRange
  let sentence: String
  let kind: SweepConclusion.Kind
  let failing: [SweepRange]
  let pattern: SweepPattern?
  let sessions: Int
  let stopped: SweepStop?
  let rows: [Row]

  init(_ measurement: Measurement, base: [String]) {
    let conclusion = measurement.conclusion
    self.base = base
    option = conclusion.option
    range = ReportedRange(from: conclusion.range.lowerBound, to: conclusion.range.upperBound)
    sentence = measurement.sentence
    kind = conclusion.kind
    failing = conclusion.failing
    pattern = conclusion.pattern
    sessions = measurement.sessions
    stopped = conclusion.stop
    rows = measurement.sizes.map {
      Row(
        value: $0.value, result: $0.result, tries: $0.tries, failed: $0.failed,
        unplanned: $0.unplanned)
    }
  }

  /// The finding, worked out anew from the rows; `nil` where no diagnosis has such.
  var measurement: Measurement? {
    let most = 1_000
    guard 1 <= range.from, range.from <= range.to, range.to <= option.greatest,
      (0...100_000).contains(sessions),
      rows.allSatisfy({ (range.from...range.to).contains($0.value) }),
      zip(rows, rows.dropFirst()).allSatisfy({ $0.value < $1.value }),
      rows.allSatisfy({
        (0...most).contains($0.tries) && (0...$0.tries).contains($0.failed)
          && (0...most).contains($0.unplanned)
      })
    else { return nil }
    return Measurement(
      of: option, range: range.from...range.to,
      sizes: rows.map {
        Measurement.Size(
          value: $0.value, tries: $0.tries, failed: $0.failed, unplanned: $0.unplanned)
      }, sessions: sessions, stop: stopped)
  }
}
