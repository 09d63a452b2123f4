import SessionTrace

/// What the sender's own host refuses or drops, before anything is on the wire.
extension HostSuspicion {
  /// Packets that were handed to IP and never left, or retransmissions that failed on the way out.
  ///
  /// The kernel counts what TCP hands to IP (`OutRequests`) and, since Linux 6.8, what IP hands to a
  /// device (`OutTransmits`); between the two are the output filters. A retransmission that is
  /// dropped on this host counts as `TCPRetransFail` in any version.
  var localDrops: EnvironmentFinding? {
    guard losesBytes || verdict.custody == .heldLocally || verdict.status == .unreachable else {
      return nil
    }
    let lost = vanished("Ip") + vanished("Ip6")
    let failed = growth("TcpExtTCPRetransFail")
    guard lost > 0 || failed > 0 else { return nil }
    let facts = [
      lost > 0 ? "\(count(lost, "packet")) never reached a network device" : nil,
      failed > 0 ? "\(count(failed, "retransmission")) failed on the way out" : nil,
    ].compactMap { $0 }.joined(separator: ", and ")
    let known = host.packetFilters ?? []
    let filters = known.isEmpty ? "" : " (loaded: \(known.joined(separator: ", ")))"
    return EnvironmentFinding(
      id: "local-drops",
      text: "while the session ran, \(facts) (counts of the whole host): a packet filter of this"
        + " host\(filters), or a full queue, drops what we send",
      cause: verdict.status == .unreachable ? .synFiltered : nil,
      remedies: [lookAtFilters, lookAtRoute])
  }

  /// Packets lost between TCP and the device; 0 where that cannot be told from noise.
  ///
  /// The two numbers are not read at the same moment. On a host that sends a lot they differ by
  /// what is on its way, which is little beside what is sent.
  private func vanished(_ version: String) -> Int {
    guard let counters = host.hostCounters, let requests = counters[version + "OutRequests"],
      let transmits = counters[version + "OutTransmits"], requests > transmits, transmits >= 0
    else { return 0 }
    let lost = requests - transmits
    return lost >= max(1, requests / 100) ? lost : 0
  }

  /// An attempt that this host itself ended.
  var localRefusal: EnvironmentFinding? {
    guard verdict.status == .unreachable,
      let attempt = trace.attempts.last(where: { $0.failureOrigin == "local" }),
      let failure = attempt.failure
    else { return nil }
    let isIPv6 = attempt.address.contains(":")
    let reading: String
    var remedies = [lookAtRoute]
    switch failure.name {
    case "EPERM", "EACCES":
      reading =
        "a packet filter, a program attached to the control group, a security module or a route that"
        + " prohibits it"
      remedies.append(lookAtFilters)
    case "EINVAL": reading = "a route that throws away what it is given (blackhole)"
    case "ENETUNREACH": reading = "no route to there" + (isIPv6 ? "; often no IPv6 at all" : "")
    case "EHOSTUNREACH":
      reading =
        "a route that says unreachable, a filter that rejects, or a next hop that does not answer"
      remedies.append(lookAtFilters)
    case "EADDRNOTAVAIL": reading = "no such address here to come from, or no port left"
    default: return nil
    }
    return EnvironmentFinding(
      id: "local-refusal",
      text: "it was this host that refused to connect to \(attempt.address) (\(failure.name)):"
        + " \(reading)",
      cause: isIPv6 && failure.name.hasSuffix("UNREACH") ? .ipv6BrokenPath : nil,
      remedies: remedies)
  }

  /// Fast Open was asked for, and the host forbids it to clients.
  var fastOpenForbidden: EnvironmentFinding? {
    guard trace.fastOpenOutcome != .off, verdict.status == .unreachable,
      let setting = setting("tcp_fastopen"), setting & 1 == 0
    else { return nil }
    return EnvironmentFinding(
      id: "fast-open-forbidden",
      text:
        "Fast Open was asked for, and this host does not allow it to clients: net.ipv4.tcp_fastopen"
        + " is \(setting)",
      cause: nil, remedies: [.setting("net.ipv4.tcp_fastopen = 1", "Allows it to clients.")])
  }

  /// The kernel itself counted a connection with Fast Open among those that failed: its SYN was not
  /// answered, or what followed was not acknowledged.
  var fastOpenFailures: EnvironmentFinding? {
    let failed = growth("TcpExtTCPFastOpenActiveFail") + growth("TcpExtTCPFastOpenBlackhole")
    guard trace.fastOpenOutcome != .off, verdict.status != .ok, failed > 0 else { return nil }
    return EnvironmentFinding(
      id: "fast-open-failures",
      text:
        "the kernel gave up Fast Open \(count(failed, "time")) while the session ran (a count of"
        + " the whole host)",
      cause: losesBytes
        ? .tfoConntrackWscaleReset : verdict.status == .unreachable ? .tfoSynDropped : nil,
      remedies: [
        .setting(
          "net.ipv4.tcp_fastopen_blackhole_timeout_sec = 3600",
          "Goes without it for an hour after such a failure; 0 is the default since Linux 5.14.")
      ])
  }
}
