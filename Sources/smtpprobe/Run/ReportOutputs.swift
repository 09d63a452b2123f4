import Reporting
import SessionTrace
import Wire

/// The places a report goes to, opened before the first connection.
///
/// A report that cannot be written is worth knowing before a session of minutes, not after.
struct ReportOutputs {
  private struct Output {
    var path: String
    var file: OutputFile
    var format: ReportFormat
  }

  private var outputs: [Output] = []
  private let standardFormat: ReportFormat?

  /// Opens every file of `options`.
  init(_ options: OutputOptions) throws {
    standardFormat = options.silent ? nil : options.format
    for path in options.outputs {
      guard let format = options.format(of: path) else { continue }
      do {
        outputs.append(Output(path: path, file: try OutputFile(path: path), format: format))
      } catch {
        throw ExitMessage(status: .cannotWrite, text: "-o \(path): \(error.failure.text)")
      }
    }
  }

  /// Renders and writes every report; says on standard error what could not be written.
  func write(_ report: SessionReport) throws {
    for output in outputs {
      let bytes = output.format.renderer(style: .plain, unicode: false).render(report)
      if let failure = output.file.write(bytes) {
        throw ExitMessage(status: .cannotWrite, text: "-o \(output.path): \(failure.text)")
      }
    }
    guard let standardFormat else { return }
    let terminal = Terminal.standardOutput
    let bytes = standardFormat.renderer(style: terminal.style, unicode: terminal.unicode).render(
      report)
    // A reader that has gone (a pager that was left) is no failure of the probe.
    if let failure = TextStream.standardOutput.write(bytes), failure.name != "EPIPE" {
      throw ExitMessage(status: .cannotWrite, text: "standard output: \(failure.text)")
    }
  }
}
