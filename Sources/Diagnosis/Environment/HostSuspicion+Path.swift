import SessionTrace

/// Sizes: what the interface takes, what the path takes, and who finds out.
extension HostSuspicion {
  private var interfaceMTU: Int? { host.route?.interfaceMTU }

  /// What the kernel takes for the path: the connection's own word, or that of the routes.
  private var pathMTU: Int? { trace.finalFacts?.pathMTU ?? host.route?.pathMTU }

  /// Bytes of a segment beside its payload: IP and TCP headers, and timestamps where they are used.
  private var headers: Int {
    let isIPv6 = trace.target.address?.contains(":") ?? false
    let stamps = trace.finalFacts?.options?.contains("timestamps") ?? false
    return (isIPv6 ? 60 : 40) + (stamps ? 12 : 0)
  }

  private var interfaceText: String {
    guard let route = host.route, let mtu = route.interfaceMTU else { return "this interface" }
    return "the interface \(route.interface) (MTU \(mtu))"
  }

  /// P5: full segments are lost, and nothing on this host would try smaller ones.
  var noProbing: EnvironmentFinding? {
    guard losesBytes, !isLoopback, setting("tcp_mtu_probing") == 0,
      let size = trace.finalFacts?.sendMSS,
      let interfaceMTU, size + headers >= interfaceMTU,
      trace.ledger.sent - trace.ledger.acknowledged >= size
    else { return nil }
    return EnvironmentFinding(
      id: "no-mtu-probing",
      text:
        "the lost segments of \(size) bytes fill \(interfaceText), nothing on the path has asked"
        + " for smaller ones, and net.ipv4.tcp_mtu_probing is 0: if a link takes less and its ICMP is"
        + " lost, they are sent again at the same size until the connection dies",
      cause: .pmtuBlackholeForward,
      remedies: [
        .setting(
          "net.ipv4.tcp_mtu_probing = 1",
          "Tries smaller segments once larger ones are lost; the smallest begin at tcp_base_mss."),
        lookAtRoute,
      ])
  }

  /// The path is known to take less than the interface: for us ICMP came through, for the server it
  /// may not.
  var smallerPath: EnvironmentFinding? {
    guard !isLoopback, let interfaceMTU, let pathMTU, pathMTU < interfaceMTU else { return nil }
    let sizes = "the path takes \(pathMTU) bytes where \(interfaceText) takes more"
    if losesBytes {
      return EnvironmentFinding(
        id: "path-mtu-smaller",
        text: sizes + ": a message about size has come through, or a route says so; a second,"
          + " narrower link is still possible",
        cause: .pmtuBlackholeForward, remedies: [lookAtRoute])
    }
    let waitsForMuch =
      verdict.custody == .replyCutShort || verdict.stage == .tls && verdict.custody != nil
    guard waitsForMuch, let offered = trace.finalFacts?.advertisedMSS, offered + headers > pathMTU
    else { return nil }
    return EnvironmentFinding(
      id: "path-mtu-smaller",
      text: sizes
        + ", and we offered the server segments of \(offered) bytes: its large ones must be"
        + " told by ICMP that they do not fit",
      cause: .pmtuBlackholeReverse,
      remedies: [
        Remedy.setting(
          "ip route add <address> via GATEWAY advmss \(max(536, pathMTU - headers))",
          "Offers segments that fit; or let the router clamp the MSS."
        ).filled(for: place)
      ])
  }

  /// Path-MTU discovery is off: large segments may leave here to be cut into fragments.
  var fragmentation: EnvironmentFinding? {
    guard losesBytes, !isLoopback, let mode = setting("ip_no_pmtu_disc"), mode == 1 || mode == 2,
      trace.option("pmtu_discovery")?.isUnset ?? true
    else { return nil }
    return EnvironmentFinding(
      id: "fragments-allowed",
      text: "path-MTU discovery is off on this host (net.ipv4.ip_no_pmtu_disc is \(mode)): segments"
        + " that are too large are cut into fragments on the way, which filters like to drop",
      cause: .pmtuBlackholeForward,
      remedies: [.setting("net.ipv4.ip_no_pmtu_disc = 0", "The default.")])
  }
}
