import ArgumentParser
import Diagnosis
import Glibc
import Lab
import Probe
import Reporting
import SessionTrace
import TLSEngine
import Wire

/// Runs one session to its end on a loop of its own, the fixture beside it when there is one.
struct SessionRun {
  let loop: EventLoop
  /// Where the fixture is found, when the target is one.
  var labAddress: LabAddress? { lab?.server.address }
  /// Kept alive while the session runs.
  private let lab: LabRun?

  /// A fixture with a network moves the process into it: make the run before any thread.
  init(target: TargetArgument, playsFault: Bool, overIPv6: Bool) throws {
    loop = try EventLoop()
    if case .lab(let name) = target.place {
      lab = try LabRun(
        namedFixture(name), playsFault: playsFault, overIPv6: overIPv6, loop: loop)
    } else {
      lab = nil
    }
  }

  /// The trace, whatever ended the session; SIGINT and SIGTERM end it early.
  func trace(of plan: SessionPlan) throws -> Trace {
    var result: Trace?
    let session = Session(plan: plan, network: KernelNetwork(loop: loop)) { result = $0 }
    try loop.onSignals([SIGINT, SIGTERM]) { session.interrupt(signal: Int($0)) }
    session.start()
    try loop.run { result != nil }
    stopLab()
    var trace = result ?? session.trace
    trace.addHostFacts()
    return trace
  }

  /// Ends the fixture's server, where there is one.
  func stopLab() { lab?.server.stop() }
}

extension Trace {
  /// Writes down what this host says of itself.
  mutating func addHostFacts() {
    environment.kernel = HostFacts.kernelRelease()
    environment.gnutls = TLSSession.libraryVersion
    environment.sysctl = HostFacts.sysctls(relevantSysctls)
  }
}

/// The settings of this host that bear on a stall.
private let relevantSysctls = [
  "net.ipv4.tcp_fastopen", "net.ipv4.tcp_fastopen_blackhole_timeout_sec", "net.ipv4.tcp_ecn",
  "net.ipv4.tcp_mtu_probing", "net.ipv4.tcp_window_scaling", "net.ipv4.tcp_sack",
  "net.ipv4.tcp_timestamps", "net.ipv4.ip_no_pmtu_disc", "net.ipv4.tcp_congestion_control",
  "net.netfilter.nf_conntrack_tcp_be_liberal",
]
