import ArgumentParser
import Diagnosis
import SessionTrace

/// The value of `--expect`: `stalled`, `stalled@mail`.
struct ExpectationArgument: ExpressibleByArgument, Equatable {
  var status: SessionStatus
  var stage: Stage?

  init?(argument: String) {
    let parts = argument.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let status = SessionStatus(rawValue: String(first)) else {
      return nil
    }
    self.status = status
    if parts.count == 2 {
      guard let stage = Stage(rawValue: String(parts[1])) else { return nil }
      self.stage = stage
    }
  }

  var description: String { status.rawValue + (stage.map { "@" + $0.rawValue } ?? "") }

  func isMet(by verdict: Verdict) -> Bool {
    verdict.status == status && (stage == nil || verdict.stage == stage)
  }
}
