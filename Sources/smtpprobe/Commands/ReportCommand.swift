import ArgumentParser
import Campaigns
import Diagnosis
import Reporting
import Wire

/// `smtpprobe report FILE.json`: render a saved session, sweep, diagnosis or suite again, without a network.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Render a saved JSON report again; no network.")

  @Argument(help: "A report written with --format json or -o FILE.json.")
  var file: String

  @Flag(help: "End with the exit status of the run that was saved, and not with 0.")
  var exitCode = false

  @OptionGroup(title: "Output") var output: OutputOptions<SavedDocument>

  func run() throws { try output.endingAsReadersExpect { try reportingErrors(render) } }

  private func render() throws {
    let outputs = try output.opened()
    let (document, code): (any Document, Int) =
      switch try SavedDocument(path: file) {
      case .session(let saved): (saved.report, saved.report.exitCode)
      case .domain(let report): (report, report.exitCode)
      case .sweep(let report): (report, report.conclusion.exitCode)
      case .diagnosis(let report): (report, report.result.exitCode)
      case .suite(let report): (report, report.exitCode)
      }
    try outputs.write(document)
    throw outputs.exitCode(for: document, usually: exitCode ? code : 0)
  }
}
