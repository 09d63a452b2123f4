import ArgumentParser
import Reporting
import SessionOptions

/// The value of `--expect`: `stalled`, `stalled@mail`.
struct ExpectationArgument: Equatable {
  let wanted: Expectation

  /// Reads what was typed; the error names what may have been meant.
  init(argument: String) throws {
    do throws(OptionWordError) { wanted = try Expectation(option: argument) } catch {
      throw ValidationError(error.description)
    }
  }
}
