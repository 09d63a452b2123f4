import Diagnosis
import SessionTrace

/// Read back: the plan and the rows, from which the conclusion follows anew, and the one session.
extension SweepReport: Decodable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let head = try ReportHead(from: decoder)
    (tool, startedAt, duration, arguments) =
      (head.tool, head.startedAt, head.duration, head.arguments)
    target = try container.decode(TargetRecord.self, forKey: .target)
    notes = try container.decode([String].self, forKey: .notes)
    plan = try SweepReport.plan(from: container)
    rows = try SweepReport.rows(from: container, in: plan.range)
    let stop = try container.decode(ReportedStop.self, forKey: .conclusion)
    guard stop.turnedAwayAt.map(plan.range.contains) ?? true else {
      throw DecodingError.dataCorruptedError(
        forKey: .conclusion, in: container, debugDescription: "a 421 to a value of no session")
    }
    conclusion = SweepConclusion(
      plan: plan, rows: rows, stop: stop.stopped, turnedAwayAt: stop.turnedAwayAt)
    firstFailure = try container.decodeIfPresent(
      SavedReport.self, forKey: .firstFailureSession)?.report
  }

  /// The most values of which all are worked out.
  private static let mostExhaustive = 65_536

  private static func plan(
    from container: KeyedDecodingContainer<CodingKeys>
  ) throws -> SweepPlan {
    let option = try container.decode(SweepOption.self, forKey: .option)
    let range = try container.decode(ReportedRange.self, forKey: .range)
    let isExhaustive = try container.decode(Bool.self, forKey: .exhaustive)
    guard 1 <= range.from, range.from <= range.to, range.to <= option.greatest,
      !isExhaustive || range.to - range.from < mostExhaustive
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .range, in: container, debugDescription: "a range that no sweep has")
    }
    let sizes = try container.decode([Int].self, forKey: .segmentSizes)
    guard sizes.count <= 8, sizes.allSatisfy({ (2...option.greatest).contains($0) }) else {
      throw DecodingError.dataCorruptedError(
        forKey: .segmentSizes, in: container, debugDescription: "sizes that no segment has")
    }
    return SweepPlan(
      option: option, range: range.from...range.to, isExhaustive: isExhaustive,
      segmentSizes: sizes, sessionLimit: try container.decode(Int.self, forKey: .sessionLimit))
  }

  /// The rows, judged; a file that no sweep has written is refused.
  private static func rows(
    from container: KeyedDecodingContainer<CodingKeys>, in range: ClosedRange<Int>
  ) throws -> [SweepRow] {
    let reported = try container.decode([ReportedSweepRow].self, forKey: .rows)
    let values = reported.map(\.value)
    guard values.allSatisfy(range.contains),
      zip(values, values.dropFirst()).allSatisfy({ $0 < $1 }),
      reported.allSatisfy(\.isPossible)
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .rows, in: container, debugDescription: "rows that no sweep has")
    }
    return SweepRow.judged(reported.map(\.row))
  }
}

/// What of a conclusion does not follow from the rows.
private struct ReportedStop: Decodable {
  let stopped: SweepStop?
  /// Reports of earlier builds do not have it.
  let turnedAwayAt: Int?

  private enum CodingKeys: String, CodingKey {
    case stopped
    case turnedAwayAt = "turned_away_at"
  }
}
