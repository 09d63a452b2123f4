import Reporting
import SessionTrace
import Wire

/// The step of a GitHub workflow that this process is, by what GitHub says in the environment.
struct GitHubStep {
  /// Where Markdown for the page of the run is appended.
  let summary: String?
  /// Whether lines of output can be commands.
  let takesCommands: Bool

  init(environment: (String) -> String? = environmentVariable) {
    summary = environment("GITHUB_STEP_SUMMARY").flatMap { $0.isEmpty ? nil : $0 }
    takesCommands = environment("GITHUB_ACTIONS") == "true"
  }

  var isThere: Bool { summary != nil || takesCommands }

  /// Tells the step of a run; the failure is that of the summary.
  ///
  /// Where standard output is for programs, the command goes to standard error, of which GitHub reads the
  /// lines as well.
  func tell(of document: any Document, standardFormat: ReportFormat?) -> String? {
    guard ReportFormat.all(of: type(of: document).kind).contains(.tap) else { return nil }
    if takesCommands, let line = GitHubAnnotation.line(for: document) {
      let isForReaders = [nil, .text, .markdown].contains(standardFormat)
      let stream = isForReaders ? TextStream.standardOutput : .standardError
      _ = stream.write(Array(line.utf8))
    }
    guard let summary, let page = ReportFormat.markdown.document(document) else { return nil }
    do {
      return try AppendedFile(path: summary).append(page + [0x0A]).map { failed(summary, $0.text) }
    } catch {
      return failed(summary, error.failure.text)
    }
  }

  private func failed(_ path: String, _ reason: String) -> String {
    "GITHUB_STEP_SUMMARY \(path): \(reason)"
  }
}
