import ArgumentParser
import Campaigns
import Reporting
import Wire

/// What was asked to become of the result.
struct ReportWishes {
  /// What standard output gets, unless it is to be silent.
  var format = ReportFormat.text
  /// Where else it goes, as typed behind `-o`.
  var outputs: [String] = []
  var isSilent = false
  /// What is kept out of it everywhere; `nil` for what each place keeps out by itself.
  var redaction: RedactionMode?

  /// Runs a command's work; where readers of standard output know a few exit statuses only, an error ends
  /// with the one for that, and with a line in their form.
  func endingAsReadersExpect(_ work: () throws -> Void) throws {
    do {
      try work()
    } catch let code as ExitCode where format == .nagios && code.rawValue > 3 {
      try TextStream.standardOutput.print(unknownToNagios(status: code.rawValue))
      throw ExitCode(3)
    }
  }

  /// The places, opened.
  func opened() throws -> ReportOutputs {
    let places = outputs.map(ReportPlace.init)
    let standard = places.last(where: \.isStandardOutput)
    if (standard?.format ?? format).isBinary, TextStream.standardOutput.isTerminal,
      standard != nil || !isSilent
    {
      throw ExitMessage(
        status: .usage, text: "this is no text for a terminal: use -o FILE.pcapng, or a pipe")
    }
    return try ReportOutputs(
      files: places.filter { !$0.isStandardOutput },
      standard: standard.map { $0.format ?? format } ?? (isSilent ? nil : format),
      redaction: redaction)
  }
}
