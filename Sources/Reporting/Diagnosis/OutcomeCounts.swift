import Diagnosis
import SessionTrace

/// How many sessions ended in each way, without custody.
package struct OutcomeCounts: Sendable, Equatable {
  private var counts: [SweepOutcome: Int] = [:]

  init(_ outcomes: some Sequence<SweepOutcome>) {
    for outcome in outcomes {
      counts[SweepOutcome(status: outcome.status, stage: outcome.stage), default: 0] += 1
    }
  }

  var total: Int { counts.values.reduce(0, +) }

  /// Those that did not end well.
  var failed: Int { counts.filter { $0.key.status != .ok }.values.reduce(0, +) }

  /// `deferred@rcpt or stalled@mail`.
  var names: String { counts.keys.map(\.text).sorted().joined(separator: " or ") }

  /// `ok@data 2, stalled@mail 1`: the commonest first.
  var inWords: String {
    counts.map { ($0.key.text, $0.value) }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }
      .map { "\($0) \($1)" }.joined(separator: ", ")
  }
}

/// In JSON `{"stalled@mail": 6}`.
extension OutcomeCounts: Codable {
  /// More sessions than any diagnosis makes would only make nonsense of sums.
  private static let most = 100_000

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(
      Dictionary(uniqueKeysWithValues: counts.map { ($0.key.text, $0.value) }))
  }

  package init(from decoder: any Decoder) throws {
    for (text, times) in try decoder.singleValueContainer().decode([String: Int].self) {
      guard let outcome = SweepOutcome(text: text), (1...Self.most).contains(times) else {
        throw DecodingError.dataCorrupted(
          DecodingError.Context(
            codingPath: decoder.codingPath, debugDescription: "outcomes that no session has"))
      }
      counts[outcome] = times
    }
  }
}

extension SweepOutcome {
  /// Reads ``text`` back; `nil` where it is none.
  fileprivate init?(text: String) {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, let status = SessionStatus(rawValue: parts[0]),
      let stage = Stage(rawValue: parts[1])
    else { return nil }
    self.init(status: status, stage: stage)
  }
}
