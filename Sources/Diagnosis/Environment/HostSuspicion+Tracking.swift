import SessionTrace

/// Connection tracking on the sender's own host.
extension HostSuspicion {
  /// P1: Fast Open, lost bytes, and a kernel that could forget the window scale.
  var fastOpenTracking: EnvironmentFinding? {
    guard losesBytes, [.requested, .accepted].contains(trace.fastOpenOutcome),
      let kernel = KernelRelease(host.kernel)
    else { return nil }
    let story =
      "Fast Open was asked for, and bytes are lost after \(trace.ledger.acknowledged)"
      + " acknowledged ones. Connection tracking before Linux 5.18 can lose the window scale of such"
      + " a connection and then takes its packets for invalid"
    if let innocence = innocence(of: kernel) {
      return EnvironmentFinding(
        id: "fast-open-conntrack",
        text: story + "; not on this host: \(innocence). A firewall on the way may still do it",
        cause: .tfoConntrackWscaleReset, bearing: .rulesOut)
    }
    let tracking =
      host.connectionTracking == nil
      ? "whether connections are tracked cannot be seen from here" : "connection tracking is loaded"
    let liberal = isLiberal == nil ? "unknown" : "0"
    return EnvironmentFinding(
      id: "fast-open-conntrack",
      text: story + ". This host has \(host.kernel), which its distribution may have fixed"
        + " (commit c7aab4f17021); \(tracking), and nf_conntrack_tcp_be_liberal is \(liberal)",
      cause: .tfoConntrackWscaleReset,
      remedies: Catalogue.cause(.tfoConntrackWscaleReset)?.remedies.kernel ?? [])
  }

  private var isLiberal: Bool? {
    host.sysctl["net.netfilter.nf_conntrack_tcp_be_liberal"].map { $0 != "0" }
  }

  private func innocence(of kernel: KernelRelease) -> String? {
    if kernel.keepsWindowScaleAfterFastOpen { return "its kernel \(host.kernel) has the fix" }
    if isLiberal == true { return "nf_conntrack_tcp_be_liberal is 1" }
    // Inside a container this says nothing of the host below, whose kernel is the same.
    if host.connectionTracking?.isLoaded == false { return "no connection tracking is seen here" }
    return nil
  }

  /// Connection tracking did not understand packets while the session ran.
  var invalidPackets: EnvironmentFinding? {
    let invalid = growth("nf_conntrack.invalid")
    guard invalid > 0, losesBytes || isUnanswered else { return nil }
    let usesFastOpen = trace.fastOpenOutcome != .off
    return EnvironmentFinding(
      id: "conntrack-invalid",
      text: "connection tracking on this host called \(count(invalid, "packet")) invalid while the"
        + " session ran (a count of the whole host); rules that drop what is invalid lose them",
      cause: isUnanswered
        ? .ctPortReuseChallenge : usesFastOpen ? .tfoConntrackWscaleReset : nil,
      remedies: [
        .setting(
          "net.netfilter.nf_conntrack_log_invalid = 6", "Logs each of them, with the reason."),
        .setting(
          "net.netfilter.nf_conntrack_tcp_be_liberal = 1", "Takes only resets for invalid."),
      ])
  }

  /// The table of connections is full: what is new is dropped.
  var fullTrackingTable: EnvironmentFinding? {
    guard isUnanswered || losesBytes, let tracking = host.connectionTracking else { return nil }
    let dropped = growth("nf_conntrack.drop") + growth("nf_conntrack.early_drop")
    let isFull: Bool
    if let entries = tracking.entries, let limit = tracking.limit, limit > 0 {
      isFull = entries >= limit
    } else {
      isFull = false
    }
    guard isFull || dropped > 0 else { return nil }
    let numbers = [tracking.entries, tracking.limit].map { $0.map(String.init) ?? "unknown" }
    return EnvironmentFinding(
      id: "conntrack-full",
      text: "connection tracking on this host follows \(numbers[0]) of at most \(numbers[1])"
        + " connections and dropped \(count(dropped, "one", "so many")) while the session ran (a count"
        + " of the whole host); without room in its table a new connection is dropped",
      cause: isUnanswered ? .synFiltered : nil,
      remedies: [.setting("net.netfilter.nf_conntrack_max = 262144", "Or more than it is now.")])
  }
}
