package import SessionTrace

/// What the sender's own host has to do with how this session ended; empty when nothing bears on it.
///
/// A session that went well has no findings, whatever the host is like. What the host did not tell
/// makes no finding either, unless its silence leaves a suspicion open; then the text says so.
package func environmentFindings(of trace: Trace, verdict: Verdict) -> [EnvironmentFinding] {
  // Nothing of what can go wrong on a host's way to the network lies before a UNIX socket.
  guard !trace.target.isUnixSocket else { return [] }
  let view = HostSuspicion(trace: trace, verdict: verdict)
  return [
    view.fastOpenTracking, view.invalidPackets, view.fullTrackingTable, view.localDrops,
    view.localRefusal, view.fastOpenForbidden, view.fastOpenFailures, view.noProbing,
    view.smallerPath, view.fragmentation, view.noWindowScaling, view.explicitCongestion,
    view.noSelectiveAcknowledgement, view.timestamps, view.shortPatience,
  ].compactMap { $0 }
}

/// A session beside its host: the questions that the rules have in common.
///
/// The rules are in extensions by topic, one property each.
struct HostSuspicion {
  let trace: Trace
  let verdict: Verdict

  var host: EnvironmentRecord { trace.environment }

  /// Bytes of ours were sent and never acknowledged.
  var losesBytes: Bool { verdict.custody == .unacknowledged }

  /// Nobody answered a SYN, at one address at least, and no connection came about.
  var isUnanswered: Bool {
    verdict.status == .unreachable && trace.attempts.contains { $0.failure?.name == "ETIMEDOUT" }
  }

  /// The session does not leave the host, so nothing is between it and the server.
  var isLoopback: Bool { host.route?.interface == "lo" }

  /// A setting of `net.ipv4` as a number; `nil` when it is unknown.
  func setting(_ name: String) -> Int? { host.sysctl["net.ipv4." + name].flatMap { Int($0) } }

  /// How far a counter of the whole host grew; 0 when that is unknown, too.
  func growth(_ name: String) -> Int { max(0, host.hostCounters?[name] ?? 0) }

  /// The server's address for a command line, where it is one.
  var place: RemedyPlace { RemedyPlace(address: trace.target.address) }

  /// `ip route get 192.0.2.1`, filled in.
  var lookAtRoute: Remedy {
    Remedy.setting("ip route get <address>", "Shows the route, as root or not.").filled(for: place)
  }

  /// The rules that an ordinary user cannot read.
  var lookAtFilters: Remedy {
    .setting("nft list ruleset", "As root; iptables -L -v -n where iptables is used.")
  }
}
