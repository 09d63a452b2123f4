import ArgumentParser
import Diagnosis
import Reporting
import Wire

/// `smtpprobe report FILE.json`: render a saved session, sweep or diagnosis again, without a network.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Render a saved JSON report again; no network.")

  @Argument(help: "A report written with --format json or -o FILE.json.")
  var file: String

  @OptionGroup(title: "Output") var output: OutputOptions<SavedDocument>

  func run() throws {
    try reportingErrors {
      let outputs = try output.opened()
      switch try savedDocument(at: file) {
      case .session(let saved):
        let report = sessionReport(on: saved.trace)
        try outputs.write(report)
        throw ExitCode(Int32(report.verdict.exitCode))
      case .sweep(let report):
        try outputs.write(report)
        throw ExitCode(Int32(report.conclusion.exitCode))
      case .diagnosis(let report):
        try outputs.write(report)
        throw ExitCode(Int32(report.result.exitCode))
      }
    }
  }
}

/// The report in a file that the user named.
func savedDocument(at path: String) throws -> SavedDocument {
  let bytes = try contents(of: path)
  do {
    return try SavedDocument(json: bytes)
  } catch {
    throw ExitMessage(status: .badInput, text: "\(path): \(error.description)")
  }
}
