import ArgumentParser
import Reporting

/// The value of `--expect`: `stalled`, `stalled@mail`.
struct ExpectationArgument: ExpressibleByArgument, Equatable {
  let wanted: Expectation

  init?(argument: String) {
    guard let wanted = Expectation(argument) else { return nil }
    self.wanted = wanted
  }
}
