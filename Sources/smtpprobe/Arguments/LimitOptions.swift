import ArgumentParser
import SessionOptions

/// How long to wait, and what was expected.
struct LimitOptions: ParsableArguments {
  @Option(.timeout) var timeout: OptionEntry?
  @Option(.connectTimeout) var connectTimeout: OptionEntry?
  @Option(.totalTimeout) var totalTimeout: OptionEntry?

  @Option(
    name: OptionRow.expect.parserNames, help: OptionRow.expect.parserHelp,
    transform: ExpectationArgument.init(argument:))
  var expect: ExpectationArgument?

  /// What was given of the session.
  var entries: [OptionEntry] { [timeout, connectTimeout, totalTimeout].compactMap(\.self) }
}
