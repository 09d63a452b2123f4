import SessionTrace
import Wire

/// The places a report goes to, opened before the first connection.
///
/// A report that cannot be written is worth knowing before a session of minutes, not after.
struct ReportOutputs<Format> {
  private struct Output {
    var path: String
    var file: OutputFile
    var format: Format
  }

  private var outputs: [Output] = []
  private let standardFormat: Format?

  /// Opens every file; its ending says its format. `standard` is what standard output gets.
  init(files: [String], standard: Format?, formatOfEnding: (String) -> Format?) throws {
    standardFormat = standard
    for path in files {
      guard let format = fileEnding(of: path).flatMap(formatOfEnding) else { continue }
      do {
        outputs.append(Output(path: path, file: try OutputFile(path: path), format: format))
      } catch {
        throw ExitMessage(status: .cannotWrite, text: "-o \(path): \(error.failure.text)")
      }
    }
  }

  /// Renders and writes every report; says on standard error what could not be written.
  func write(_ render: (Format, Terminal) -> [UInt8]) throws {
    for output in outputs {
      if let failure = output.file.write(render(output.format, .none)) {
        throw ExitMessage(status: .cannotWrite, text: "-o \(output.path): \(failure.text)")
      }
    }
    guard let standardFormat else { return }
    // A reader that has gone (a pager that was left) is no failure of the probe.
    if let failure = TextStream.standardOutput.write(render(standardFormat, .standardOutput)),
      failure.name != "EPIPE"
    {
      throw ExitMessage(status: .cannotWrite, text: "standard output: \(failure.text)")
    }
  }
}

/// What follows the last dot of a file's name; `nil` without a dot.
func fileEnding(of path: String) -> String? {
  let name = path.split(separator: "/").last ?? ""
  guard let dot = name.lastIndex(of: ".") else { return nil }
  return String(name[name.index(after: dot)...])
}
