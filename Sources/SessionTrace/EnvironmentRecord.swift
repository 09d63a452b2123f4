/// The host the session ran on.
///
/// Read by an ordinary user from the network namespace of the session. `nil` where the host does not
/// tell, which inside a container is often: nothing here is ever zero for "unknown".
package struct EnvironmentRecord: Codable, Sendable, Equatable {
  /// `uname -r`.
  package var kernel: String
  /// `gnutls_check_version`; empty where nobody asked for it, or the library cannot be loaded.
  package var gnutls: String
  /// The sysctls that bear on a stall, by their full names.
  package var sysctl: [String: String]
  /// Congestion control of the connection.
  package var congestionControl: String?
  /// What connection tracking says of itself.
  package var connectionTracking: ConnectionTrackingRecord?
  /// The packet filters seen loaded, as `/proc/modules` calls them: `nf_tables`, `ip_tables`. One that is
  /// built into the kernel is not seen.
  package var packetFilters: [String]?
  /// The way to the address of the session.
  package var route: RouteRecord?
  /// How far counters of the whole host grew while the session ran, by the names of nstat(8)
  /// (`TcpExtTCPRetransFail`) and, for connection tracking, `nf_conntrack.invalid`. Other
  /// connections count too.
  package var hostCounters: [String: Int]?

  package init() {
    self.kernel = ""
    self.gnutls = ""
    self.sysctl = [:]
    self.congestionControl = nil
    self.connectionTracking = nil
    self.packetFilters = nil
    self.route = nil
    self.hostCounters = nil
  }

  private enum CodingKeys: String, CodingKey {
    case kernel, gnutls, sysctl, route
    case congestionControl = "congestion_control"
    case connectionTracking = "connection_tracking"
    case packetFilters = "packet_filters"
    case hostCounters = "host_counters"
  }
}
