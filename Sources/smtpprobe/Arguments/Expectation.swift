import ArgumentParser
import Diagnosis
import Reporting
import SessionTrace

/// The value of `--expect`: `stalled`, `stalled@mail`.
struct ExpectationArgument: Equatable {
  let wanted: Expectation

  /// Reads what was typed; the error names what may have been meant.
  init(argument: String) throws {
    guard let wanted = Expectation(argument) else {
      let statuses = SessionStatus.allCases.map(\.rawValue)
      let stages = Stage.allCases.map(\.rawValue)
      let words = argument.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
      let near = zip(words, [statuses, stages]).compactMap { nearMiss(String($0), among: $1) }
      let meant = near.count == words.count ? "did you mean \(near.joined(separator: "@"))? " : ""
      throw ValidationError(
        "\(meant)STATUS is one of \(statuses.joined(separator: ", ")); STAGE one of"
          + " \(stages.joined(separator: ", "))")
    }
    self.wanted = wanted
  }
}
