import ArgumentParser
import Diagnosis
import Reporting
import SessionTrace
import Wire

/// `smtpprobe report FILE.json`: render a saved session again, without a network.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Render a saved JSON report again; no network.")

  @Argument(help: "A report written with --format json or -o FILE.json.")
  var file: String

  @OptionGroup(title: "Output") var output: OutputOptions

  func run() throws {
    try reportingErrors {
      let outputs = try output.opened()
      let report = sessionReport(on: try savedReport(at: file).trace)
      try outputs.write(report)
      throw ExitCode(Int32(report.verdict.exitCode))
    }
  }
}

/// The report in a file that the user named.
func savedReport(at path: String) throws -> SavedReport {
  let bytes = try contents(of: path)
  do {
    return try SavedReport(json: bytes)
  } catch {
    throw ExitMessage(status: .badInput, text: "\(path): \(error.description)")
  }
}
