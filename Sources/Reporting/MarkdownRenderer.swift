import Diagnosis
import SessionTrace

/// The report for a ticket.
///
/// Words of the trace stand only inside fences and code spans, where Markdown has no markup, no HTML,
/// no links and no mentions; everything outside is our own text. A fence is longer than any run of
/// backticks within.
package struct MarkdownRenderer: Renderer {
  package init() {}

  package func render(_ report: SessionReport) -> [UInt8] {
    var page = MarkdownPage()
    page.heading(1, report.verdict.title)
    page.fence("text") { $0.verdict(of: report) }
    page.heading(2, "Timeline")
    page.fence("text") { layout in
      layout.waterfall(of: report, unicode: false)
      layout.dialogue(of: report.trace)
      layout.segments(of: report.trace)
      layout.attempts(of: report.trace)
    }
    page.heading(2, "Environment")
    page.table(report.environmentRows)
    page.fence("text") { layout in
      layout.transport(of: report.trace)
      layout.security(of: report.trace)
    }
    page.heading(2, "What this report shows")
    page.fence("text") { layout in
      for observation in report.observations { layout.point(observation) }
      layout.host(of: report)
      layout.findings(of: report)
      layout.logLines(of: report)
    }
    if !report.limits.isEmpty {
      page.heading(2, "What this does not show")
      page.fence("text") { layout in
        for limit in report.limits { layout.point(limit) }
      }
    }
    if !report.advice.isEmpty {
      page.heading(2, "What to try next")
      page.fence("text") { $0.nextSteps(of: report) }
    }
    page.heading(2, "Reproduce")
    page.fence("sh") { $0.command(ShellCommand(repeating: report.trace), indent: 0) }
    return page.bytes
  }
}

extension SessionReport {
  /// The facts a ticket wants to see at a glance; every value is put into a code span.
  fileprivate var environmentRows: [(String, String)] {
    var rows = [
      ("started", trace.startedAt), ("tool", "\(tool.name) \(tool.version)"),
      ("kernel", tool.kernel ?? "unknown"), ("GnuTLS", tool.gnutls ?? "unknown"),
    ]
    if let local = trace.target.localAddress {
      rows.append(("from", local + (trace.target.localPort.map { " port \($0)" } ?? "")))
    }
    if let control = trace.environment.congestionControl {
      rows.append(("congestion control", control))
    }
    rows += trace.environment.rows
    for (name, value) in trace.environment.sysctl.sorted(by: { $0.key < $1.key }) {
      rows.append(("sysctl", "\(name) = \(value)"))
    }
    for (name, value) in trace.options.sorted(by: { $0.key < $1.key }) where !value.isUnset {
      rows.append(("option", "\(name) = \(value.text)"))
    }
    return rows
  }
}

extension EnvironmentRecord {
  /// What is known of the host beside its settings.
  fileprivate var rows: [(String, String)] {
    var rows: [(String, String)] = []
    if let route {
      let sizes = [("MTU", route.interfaceMTU), ("path MTU", route.pathMTU)].compactMap {
        name, size in size.map { "\(name) \($0)" }
      }
      rows.append(("interface", ([route.interface] + sizes).joined(separator: ", ")))
    }
    if let tracking = connectionTracking {
      let entries = tracking.entries.map { ", \(count($0, "entry", "entries"))" } ?? ""
      rows.append(("connection tracking", tracking.isLoaded ? "loaded\(entries)" : "not loaded"))
    }
    if let packetFilters, !packetFilters.isEmpty {
      rows.append(("packet filters", packetFilters.joined(separator: ", ")))
    }
    for (name, growth) in (hostCounters ?? [:]).sorted(by: { $0.key < $1.key }) where growth != 0 {
      rows.append(("host-wide count", "\(name) +\(growth)"))
    }
    return rows
  }
}
