import Diagnosis
import SessionTrace

extension SessionReport {
  /// The facts a ticket wants to see at a glance; their names are our own.
  var environmentFacts: [Field] {
    var rows = [
      ("started", trace.startedAt), ("tool", "\(tool.name) \(tool.version)"),
      ("kernel", tool.kernel ?? "unknown"),
    ]
    if let gnutls = tool.gnutls { rows.append(("GnuTLS", gnutls)) }
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
    return rows.map { Field(label: $0, value: $1) }
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
