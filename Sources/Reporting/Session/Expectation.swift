package import Diagnosis
package import SessionOptions
package import SessionTrace

/// What a session is to come to: `stalled`, `stalled@mail`.
package struct Expectation: Sendable, Equatable, CustomStringConvertible {
  package var status: SessionStatus
  /// `nil` for anywhere.
  package var stage: Stage?

  /// Reads `STATUS` or `STATUS@STAGE`; `nil` where it is neither.
  package init?(_ text: String) {
    let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let status = SessionStatus(rawValue: String(first)) else {
      return nil
    }
    self.status = status
    if parts.count == 2 {
      guard let stage = Stage(rawValue: String(parts[1])) else { return nil }
      self.stage = stage
    }
  }

  /// Reads what was typed; the error names what may have been meant.
  package init(option text: String) throws(OptionWordError) {
    if let read = Expectation(text) {
      self = read
      return
    }
    let statuses = SessionStatus.allCases.map(\.rawValue)
    let stages = Stage.allCases.map(\.rawValue)
    let words = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    let near = zip(words, [statuses, stages]).compactMap { nearMiss(String($0), among: $1) }
    let meant = near.count == words.count ? "did you mean \(near.joined(separator: "@"))? " : ""
    throw OptionWordError(
      "\(meant)STATUS is one of \(statuses.joined(separator: ", ")); STAGE one of"
        + " \(stages.joined(separator: ", "))")
  }

  package var description: String { status.rawValue + (stage.map { "@" + $0.rawValue } ?? "") }

  package func isMet(by verdict: Verdict) -> Bool {
    verdict.status == status && (stage == nil || verdict.stage == stage)
  }

  /// What the process ends with.
  package func exitCode(for verdict: Verdict) -> Int { isMet(by: verdict) ? 0 : 1 }
}

extension SessionReport {
  /// What the process ends with: the verdict's own status, or whether it is what was expected.
  package var exitCode: Int { expectation?.exitCode(for: verdict) ?? verdict.exitCode }

  /// `15`; with an expectation also why it is another than the session's own.
  var exitCodeInWords: String {
    guard let expectation else { return String(verdict.exitCode) }
    let what =
      expectation.isMet(by: verdict)
      ? "as expected: \(expectation)" : "\(verdict.outcome), where \(expectation) was expected"
    return "\(exitCode), \(what); the session's own is \(verdict.exitCode)"
  }
}

extension Verdict {
  /// `stalled@mail`, as one expects it.
  package var outcome: String { outcomeText(status, at: stage) }
}

/// In JSON: what was wanted, whether it came, and what the process ended with.
struct ReportedExpectation: Codable {
  let wanted: String
  let isMet: Bool
  let exitCode: Int

  private enum CodingKeys: String, CodingKey {
    case wanted
    case isMet = "met"
    case exitCode = "exit_code"
  }

  init(_ expectation: Expectation, _ verdict: Verdict) {
    wanted = expectation.description
    isMet = expectation.isMet(by: verdict)
    exitCode = expectation.exitCode(for: verdict)
  }
}
