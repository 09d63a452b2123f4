import ArgumentParser
import Reporting
import SessionTrace

/// What becomes of the result.
struct OutputOptions: ParsableArguments {
  @Option(help: "What standard output gets: text, markdown, json.")
  var format = ReportFormat.text

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: "Write a report here too; its kind by the ending (.txt .md .json). May be repeated.")
  var outputs: [String] = []

  @Flag(help: "Print no report on standard output.")
  var silent = false

  func validate() throws {
    for path in outputs where fileEnding(of: path).flatMap(ReportFormat.init(fileEnding:)) == nil {
      throw ValidationError(
        "-o \(path): the ending says the kind of report; use .txt, .md or .json.")
    }
  }

  /// The places that these options name, opened.
  func opened() throws -> ReportOutputs<ReportFormat> {
    try ReportOutputs(
      files: outputs, standard: silent ? nil : format,
      formatOfEnding: ReportFormat.init(fileEnding:))
  }
}

extension ReportOutputs<ReportFormat> {
  /// Writes a session's report everywhere.
  func write(_ report: SessionReport) throws {
    try write { format, terminal in
      format.renderer(style: terminal.style, unicode: terminal.unicode).render(report)
    }
  }
}

extension ReportFormat: ExpressibleByArgument {}

/// How long to wait, and what was expected.
struct LimitOptions: ParsableArguments {
  @Option(help: "For each reply, whole; 'rfc5321' for the RFC's minimums.")
  var timeout = TimeoutArgument.fixed(TimeArgument(microseconds: .seconds(30)))

  @Option(help: "For name resolution, and for each address.")
  var connectTimeout = TimeArgument(microseconds: .seconds(30))

  @Option(help: "For the whole session.")
  var totalTimeout: TimeArgument?

  @Option(help: "STATUS or STATUS@STAGE: exit 0 if that is what happened, 1 if not.")
  var expect: ExpectationArgument?
}
