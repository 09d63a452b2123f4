/// The formats a report can be written in; the raw values are those of `--format`.
package enum ReportFormat: String, CaseIterable, Sendable {
  case text
  case markdown
  case json

  /// The format that a file's name asks for by its ending, in any case; `nil` when it names none.
  package init?(fileEnding: String) {
    switch fileEnding.lowercased() {
    case "txt", "text", "log": self = .text
    case "md", "markdown": self = .markdown
    case "json": self = .json
    default: return nil
    }
  }

  /// The renderer for this format; `style` and `unicode` matter to text alone.
  package func renderer(style: TextStyle, unicode: Bool) -> any Renderer {
    switch self {
    case .text: TextRenderer(style: style, unicode: unicode)
    case .markdown: MarkdownRenderer()
    case .json: JSONRenderer()
    }
  }
}
