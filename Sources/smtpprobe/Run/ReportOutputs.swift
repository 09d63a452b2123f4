import SessionTrace
import Wire

/// The places a report goes to, looked at before the first connection.
///
/// A report that cannot be written is worth knowing before a session of minutes, not after. Nothing
/// that is there is touched until the report is.
struct ReportOutputs<Format> {
  private struct Output {
    var path: String
    var file: ReportFile
    var format: Format
  }

  private var outputs: [Output] = []
  private let standardFormat: Format?

  /// Checks every file; its ending says its format. `standard` is what standard output gets.
  init(files: [String], standard: Format?, formatOfEnding: (String) -> Format?) throws {
    standardFormat = standard
    for path in files {
      guard let format = fileEnding(of: path).flatMap(formatOfEnding) else { continue }
      do {
        outputs.append(Output(path: path, file: try ReportFile(path: path), format: format))
      } catch {
        throw ExitMessage(status: .cannotWrite, text: "-o \(path): \(error.failure.text)")
      }
    }
  }

  /// Renders and writes every report, and then says which could not be written: mail may have been
  /// delivered, and one full disk must not take the other reports along.
  func write(_ render: (Format, Terminal) -> [UInt8]) throws {
    var failures: [String] = []
    for output in outputs {
      if let failure = output.file.write(render(output.format, .none)) {
        failures.append("-o \(output.path): \(failure.text)")
      }
    }
    // The files are there. Whoever reads standard output may be slow, and a signal may end the wait.
    EndingSignals.release()
    // A reader that has gone (a pager that was left) is no failure of the probe.
    if let standardFormat,
      let failure = TextStream.standardOutput.write(render(standardFormat, .standardOutput)),
      failure.name != "EPIPE"
    {
      failures.append("standard output: \(failure.text)")
    }
    if !failures.isEmpty {
      throw ExitMessage(status: .cannotWrite, text: failures.joined(separator: "\nsmtpprobe: "))
    }
  }
}

/// What follows the last dot of a file's name; `nil` without a dot.
func fileEnding(of path: String) -> String? {
  let name = path.split(separator: "/").last ?? ""
  guard let dot = name.lastIndex(of: ".") else { return nil }
  return String(name[name.index(after: dot)...])
}
