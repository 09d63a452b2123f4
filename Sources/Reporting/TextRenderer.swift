/// The report for people: the verdict first, 80 columns at most.
package struct TextRenderer: Renderer {
  private let style: TextStyle
  private let unicode: Bool

  /// Colour only where a terminal was asked about it; `unicode` allows block characters as bars.
  package init(style: TextStyle, unicode: Bool) {
    self.style = style
    self.unicode = unicode
  }

  package func render(_ report: SessionReport) -> [UInt8] {
    var layout = TextLayout()
    layout.verdict(of: report)
    layout.waterfall(of: report, unicode: unicode)
    layout.dialogue(of: report.trace)
    layout.segments(of: report.trace)
    layout.attempts(of: report.trace)
    layout.transport(of: report.trace)
    layout.security(of: report.trace)
    layout.host(of: report)
    layout.findings(of: report)
    layout.logLines(of: report)
    layout.limits(of: report)
    if !report.advice.isEmpty {
      layout.heading("What to try next")
      layout.nextSteps(of: report)
    }
    return layout.bytes(style)
  }
}
