import Diagnosis

extension ReportFormat {
  /// A diagnosis as a document of this format, ending in a line feed; `style` matters to text alone.
  package func render(_ report: DiagnosisReport, style: TextStyle) -> [UInt8] {
    let sections = DiagnosisSection.allCases.filter { $0.isNeeded(in: report) }
    switch self {
    case .json: return jsonDocument(report)
    case .text:
      var layout = TextLayout()
      layout.answer(of: report)
      for section in sections {
        layout.heading(section.title, remark: section.remark)
        layout.add(section, of: report)
      }
      return layout.bytes(style)
    case .markdown:
      var page = MarkdownPage()
      page.heading(1, "Diagnosis: \(report.title.lowercased())")
      page.fence("text") { $0.answer(of: report) }
      for section in sections {
        page.heading(2, section.title)
        if section == .experiments {
          page.table(
            ReportedExperiment.columns.map(\.title),
            ReportedExperiment.rows(of: report.given.experiments).map(\.cells))
          page.fence("text") { layout in
            layout.paragraph(section.remark)
            layout.remarks(on: report.given.experiments)
          }
        } else {
          page.fence("text") { $0.add(section, of: report) }
        }
      }
      return page.bytes
    }
  }
}
