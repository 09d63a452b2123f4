import Diagnosis

extension ReportFormat {
  /// A sweep as a document of this format, ending in a line feed; `style` matters to text alone.
  package func render(_ report: SweepReport, style: TextStyle) -> [UInt8] {
    switch self {
    case .json: return jsonDocument(report)
    case .text:
      var layout = TextLayout()
      layout.finding(of: report)
      layout.strip(of: report)
      layout.outcomes(of: report)
      layout.firstFailure(of: report)
      layout.limits(of: report)
      return layout.bytes(style)
    case .markdown:
      var page = MarkdownPage()
      page.heading(1, "Sweep over \(report.conclusion.option.flag)")
      page.fence("text") { $0.finding(of: report) }
      page.section("Values") { $0.strip(of: report) }
      page.section("Outcomes") { $0.outcomes(of: report) }
      page.section("The lowest value that fails") { $0.firstFailure(of: report) }
      page.section("What this does not show") { $0.limits(of: report) }
      return page.bytes
    }
  }
}
