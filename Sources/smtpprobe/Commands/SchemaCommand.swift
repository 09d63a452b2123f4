import ArgumentParser
import Reporting
import Wire

/// `smtpprobe schema [KIND]`: the JSON Schema of a report.
struct SchemaCommand: ParsableCommand {
  /// The kinds of report; the raw values are those of the key `kind`.
  enum Kind: String, ExpressibleByArgument, CaseIterable {
    case session, sweep, diagnosis, catalogue, comparison, confusion
  }

  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Print the JSON Schema of the JSON report.")

  @Argument(help: "The kind of report.")
  var kind = Kind.session

  func run() throws {
    let schema =
      switch kind {
      case .session: ReportSchema.session
      case .sweep: ReportSchema.sweep
      case .diagnosis: ReportSchema.diagnosis
      case .catalogue: ReportSchema.catalogue
      case .comparison: ReportSchema.comparison
      case .confusion: ReportSchema.confusion
      }
    if TextStream.standardOutput.write(schema) != nil {
      throw ExitStatus.cannotWrite.code
    }
  }
}
