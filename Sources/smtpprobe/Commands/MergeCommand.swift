import ArgumentParser
import Campaigns
import Reporting
import SessionTrace
import Wire

/// `smtpprobe merge FILE…`: the lines of scans and their shards, joined.
struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Join the output files of a scan's shards; say what is missing.",
    discussion: """
      Standard output gets each result once, as it stands in its file, and one summary. Files of \
      different scans are refused.

      Exit status: 0 every target has its result; 1 some are missing; 65 a file of another scan, or \
      of none; 66 no such file.
      """)

  @Argument(help: ArgumentHelp("What scans wrote.", valueName: "file"))
  var files: [String]

  func run() throws { try reportingErrors(merge) }

  private func merge() throws {
    if let path = files.first(where: { InputFile.isReadOnce(path: $0) }) {
      throw ExitMessage(
        status: .usage, text: "\(path) can be read once, and is read twice; name a file that stays")
    }
    // Once to find what is wrong, before anything is written; then to write.
    _ = try read { _ in }
    let merge = try read { line in
      if let failure = TextStream.standardOutput.write(line + [0x0A]) {
        if failure.name == "EPIPE" { throw ExitCode(0) }
        throw ExitMessage(status: .cannotWrite, text: "standard output: \(failure.text)")
      }
    }
    guard let summary = merge.summary else {
      throw ExitMessage(
        status: .badInput, text: "\(files.joined(separator: ", ")): no line of a scan")
    }
    try TextStream.standardOutput.print(summary.line)
    try TextStream.standardError.print(merge.text)
    if summary.left > 0 { throw ExitCode(ExitStatus.expectationNotMet.rawValue) }
  }

  private func read(_ pass: ([UInt8]) throws -> Void) throws -> ScanMerge {
    var merge = ScanMerge()
    for path in files {
      do {
        var lines = try InputFile(path: path).lines
        while let line = try lines.next() {
          if try merge.take(line.bytes, of: path) { try pass(line.bytes) }
        }
      } catch let error as WireError {
        throw ExitMessage(cannotRead: path, error)
      }
    }
    return merge
  }
}
