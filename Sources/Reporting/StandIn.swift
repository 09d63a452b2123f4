package enum TextStyle: Sendable { case plain, colour }
package enum ReportFormat: String, CaseIterable, Sendable {
  case text, markdown, json
  package init?(fileEnding: String) { self.init(rawValue: fileEnding) }
  package func renderer(style: TextStyle, unicode: Bool) -> any Renderer { JSONRenderer() }
}
