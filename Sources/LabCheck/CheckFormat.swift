package import Reporting

/// The formats of a check's report; the raw values are those of `--format`.
package enum CheckFormat: String, CaseIterable, Sendable {
  /// The matrix, for people.
  case text
  /// A page for a repository or a CI job's summary.
  case markdown
  /// JUnit's XML, which CI systems read.
  case junit
  case json

  /// The format that a file's name asks for by its ending, in any case; `nil` when it names none.
  package init?(fileEnding: String) {
    switch fileEnding.lowercased() {
    case "txt", "text", "log": self = .text
    case "md", "markdown": self = .markdown
    case "xml", "junit": self = .junit
    case "json": self = .json
    default: return nil
    }
  }

  /// The whole document, ending in a line feed; `style` matters to text alone.
  package func render(_ report: CheckReport, style: TextStyle) -> [UInt8] {
    switch self {
    case .text: Array(checkMatrix(report, style: style).utf8)
    case .markdown: checkPage(report)
    case .junit: Array(junitDocument(report.junitCases, name: "smtpprobe lab check").utf8)
    case .json: jsonDocument(report)
    }
  }

  /// The same for diagnoses of the runs.
  package func render(_ report: ConfusionReport, style: TextStyle) -> [UInt8] {
    switch self {
    case .text: Array(confusionText(report, style: style).utf8)
    case .markdown: confusionPage(report)
    case .junit:
      Array(junitDocument(report.junitCases, name: "smtpprobe lab check --diagnose").utf8)
    case .json: jsonDocument(report)
    }
  }
}
