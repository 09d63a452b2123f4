import Diagnosis
import SessionTrace

/// One value: the outcome to show for it, how steady it is, and all outcomes that were seen.
struct ReportedSweepRow: Codable {
  let value: Int
  let result: SweepRow.Result
  let status: SessionStatus?
  let stage: Stage?
  let custody: Custody?
  let tries: Int
  let failed: Int
  /// Sessions that could not send what the value says.
  let unplanned: Int
  let outcomes: [ReportedOutcome]

  init(_ row: SweepRow) {
    value = row.value
    result = row.result
    status = row.shown?.status
    stage = row.shown?.stage
    custody = row.shown?.custody
    tries = row.tries
    failed = row.failed
    unplanned = row.unplanned
    outcomes = ReportedOutcome.all(of: row)
  }

  /// More sessions of one value than any sweep makes would only fill memory.
  var isPossible: Bool {
    let most = 1_000
    return (0...most).contains(unplanned) && outcomes.count <= most
      && outcomes.allSatisfy { (1...most).contains($0.times) }
  }

  /// What was seen, without the judgement.
  var row: SweepRow {
    SweepRow(
      value: value,
      outcomes: outcomes.flatMap { outcome in
        Array(
          repeating: SweepOutcome(
            status: outcome.status, stage: outcome.stage, custody: outcome.custody),
          count: outcome.times)
      }, unplanned: unplanned)
  }
}

/// An outcome and how many sessions of the value had it.
struct ReportedOutcome: Codable {
  let status: SessionStatus
  let stage: Stage
  let custody: Custody?
  let times: Int

  /// Those of a row, in the order in which they were first seen.
  static func all(of row: SweepRow) -> [ReportedOutcome] {
    var seen: [SweepOutcome] = []
    for outcome in row.outcomes where !seen.contains(outcome) { seen.append(outcome) }
    return seen.map { outcome in
      ReportedOutcome(
        status: outcome.status, stage: outcome.stage, custody: outcome.custody,
        times: row.outcomes.count { $0 == outcome })
    }
  }
}

/// The values that were asked about, both ends included.
struct ReportedRange: Codable {
  let from: Int
  let to: Int
}
