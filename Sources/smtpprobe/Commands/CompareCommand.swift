import ArgumentParser
import Campaigns
import Diagnosis
import Reporting
import SessionOptions
import SessionTrace
import Wire

/// `smtpprobe compare A.json B.json`: what differs between two sessions.
struct CompareCommand: ParsableCommand, ReportsWhenEnded {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Say what differs between two sessions, in the order that matters.",
    usage: """
      smtpprobe compare A.json B.json [--format FORMAT] [-o FILE]
      smtpprobe compare A.json TARGET [options of probe]
      """,
    discussion: """
      A is a report written with --format json or -o FILE.json. B is another one, or a target: then \
      the session of A is run again there, with A's options, and with any that follow B in their place. \
      Of a diagnosis the control is compared, of a sweep the first session that failed.

      EXIT STATUS
        0 nothing that matters differs; 1 something does; 65, 66 a file that is none

      EXAMPLES
        smtpprobe compare exim.json by-hand.json
        smtpprobe compare stalled.json mx.example.com --split 512
      """)

  @Argument(help: "A saved report.")
  var first: String

  @Argument(help: "Another saved report, or a target for a live run.")
  var second: String

  @Argument(
    parsing: .allUnrecognized,
    help: ArgumentHelp("With a live run: options of probe.", valueName: "options"))
  var changes: [String] = []

  @OptionGroup(title: "Output") var output: OutputOptions<ComparisonDocument>

  func run() throws {
    try reportingErrors {
      let outputs = try output.opened()
      let saved = try savedSession(at: first)
      let other = try otherSession(than: saved.trace)
      let document = ComparisonDocument(saved, other)
      try outputs.write(document)
      if case .interrupted = other.trace.ending {
        throw ExitCode(Int32(SessionReport(of: other.trace).verdict.exitCode))
      }
      if document.comparison.differsInWhatMatters { throw ExitStatus.sessionsDiffer.code }
    }
  }

  private func otherSession(than saved: Trace) throws -> ComparisonDocument.Side {
    guard let target = liveTarget else {
      guard changes.isEmpty else {
        throw ExitMessage(
          status: .usage,
          text:
            "\(changes.joined(separator: " ")): options change a live run, and \(second) is a file")
      }
      return try savedSession(at: second)
    }
    let command: ProbeCommand
    do {
      command = try ProbeCommand.parse([target.given] + changes)
    } catch {
      throw ExitMessage(status: .usage, text: ProbeCommand.message(for: error))
    }
    guard !command.plan else {
      throw ExitMessage(status: .usage, text: "--plan: a comparison needs a session")
    }
    let request = try SessionRequest(repeating: saved, at: target, changes: command.entries)
    if !request.leftOut.isEmpty {
      let names = request.leftOut.map { "--\($0.name)" }.joined(separator: ", ")
      try TextStream.standardError.print(
        "smtpprobe: left out of the options of \(first), because those given exclude it: \(names)\n"
      )
    }
    let sessions = try LiveSessions(request)
    return ComparisonDocument.Side(
      name: second,
      trace: try sessions.trace(
        of: try request.plan(at: sessions.place), watch: output.wishes.waiting))
  }

  /// The session of a report, under the name of its file.
  private func savedSession(at path: String) throws -> ComparisonDocument.Side {
    let document = try SavedDocument(path: path)
    guard let trace = document.session else {
      throw ExitMessage(
        status: .badInput,
        text:
          "\(path): sessions are compared, and none stands in this report: a sweep keeps the first"
          + " that failed, a diagnosis its control")
    }
    return ComparisonDocument.Side(
      name: document.role.map { "\(path) (\($0))" } ?? path, trace: trace)
  }

  /// The second argument when it is no file: neither there nor spelled like one.
  private var liveTarget: Target? {
    let isSpelledLikeAFile =
      second.hasSuffix(".json") || ["/", "./", "../"].contains { second.hasPrefix($0) }
    if isSpelledLikeAFile || (try? InputFile(path: second)) != nil { return nil }
    return Target(second)
  }
}
