import ArgumentParser
import Diagnosis
import SessionTrace

/// The value of `--expect`: `stalled`, `stalled@mail`.
struct ExpectationArgument: Equatable {
  var status: SessionStatus
  var stage: Stage?

  /// Reads what was typed; the error names the word that is none, and what may have been meant.
  init(argument: String) throws {
    let parts = argument.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    let words = parts.map(String.init) + [""]
    let statuses = SessionStatus.allCases.map(\.rawValue)
    let stages = Stage.allCases.map(\.rawValue)
    let stage = parts.count == 2 ? Stage(rawValue: words[1]) : nil
    guard let status = SessionStatus(rawValue: words[0]), stage != nil || parts.count < 2 else {
      let near = [(words[0], statuses), (words[1], stages)].prefix(parts.count)
        .compactMap { nearMiss($0, among: $1) }
      let meant = near.count == parts.count ? "did you mean \(near.joined(separator: "@"))? " : ""
      throw ValidationError(
        "\(meant)STATUS is one of \(statuses.joined(separator: ", ")); STAGE one of"
          + " \(stages.joined(separator: ", "))")
    }
    self.status = status
    self.stage = stage
  }

  var description: String { status.rawValue + (stage.map { "@" + $0.rawValue } ?? "") }

  func isMet(by verdict: Verdict) -> Bool {
    verdict.status == status && (stage == nil || verdict.stage == stage)
  }
}
