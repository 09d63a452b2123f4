package import SessionTrace
import TLSEngine
import Wire

/// What this host says of itself around one session.
///
/// Made before the session, because what counters say is how far they grew, and asked after it.
package struct HostView {
  /// How much is wanted of it.
  package enum Detail: Sendable {
    /// What costs no library: its version is told where the session has loaded it.
    case cheap
    case all
  }

  private let detail: Detail
  private let counters = HostFacts.counters()

  /// Looks at the counters now.
  package init(_ detail: Detail) { self.detail = detail }

  /// Writes down everything; the counters are those since this value was made.
  package func describe(_ trace: inout Trace) {
    trace.addHostFacts(detail)
    trace.environment.hostCounters = HostFacts.counters().growth(since: counters)
  }
}

extension Trace {
  /// Writes down what this host says of itself, counters apart: those are of one session, or of none.
  package mutating func addHostFacts(_ detail: HostView.Detail = .all) {
    environment.kernel = HostFacts.kernelRelease()
    environment.gnutls =
      (detail == .all ? TLSSession.libraryVersion : TLSSession.loadedVersion) ?? ""
    environment.sysctl = HostFacts.sysctls(relevantSysctls)
    environment.connectionTracking = HostFacts.connectionTracking()
    environment.packetFilters = HostFacts.packetFilters()
    environment.route = target.address.flatMap {
      HostFacts.route(to: $0, from: target.localAddress)
    }
  }
}

/// The settings of this host that bear on a stall.
private let relevantSysctls = [
  "net.ipv4.ip_no_pmtu_disc", "net.ipv4.tcp_base_mss", "net.ipv4.tcp_congestion_control",
  "net.ipv4.tcp_ecn", "net.ipv4.tcp_fastopen", "net.ipv4.tcp_fastopen_blackhole_timeout_sec",
  "net.ipv4.tcp_mtu_probing", "net.ipv4.tcp_retries2", "net.ipv4.tcp_rmem", "net.ipv4.tcp_sack",
  "net.ipv4.tcp_syn_retries", "net.ipv4.tcp_timestamps", "net.ipv4.tcp_window_scaling",
  "net.ipv4.tcp_wmem", "net.netfilter.nf_conntrack_tcp_be_liberal",
]
