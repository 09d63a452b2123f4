import ArgumentParser
import Campaigns
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
      switch try SavedDocument(path: file) {
      case .session(let saved):
        let report = SessionReport(of: saved.trace)
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
