/// What `ip` and `nft` are told, and which settings are made, to build a network.
///
/// Pure text, so that a test can read it. A device is called after whom it leads to.
struct NetworkCommands {
  let script: NetworkScript
  /// Whether this host has IPv6 at all.
  let hasIPv6: Bool

  /// `ip -batch` where one end of a wire stays; the other goes to the namespace at that path.
  static func wire(device: String, peer: String, at path: String) -> String {
    "link add name \(device) type veth peer name \(peer) netns \(path)\n"
  }

  /// One end of a wire as its host sees it: its own addresses, and those at the other end.
  private struct End {
    let device: String
    let own: (four: String, six: String, link: String)
    let other: (four: String, six: String, link: String)
  }

  private func ends(of host: NetworkHost) -> [End] {
    typealias Known = NetworkAddresses
    let client = (four: Known.client4, six: Known.client6, link: Known.clientLink)
    let clientSide = (
      four: Known.clientSide4, six: Known.clientSide6, link: Known.clientSideLink
    )
    let serverSide = (
      four: Known.serverSide4, six: Known.serverSide6, link: Known.serverSideLink
    )
    let server = (four: Known.server4, six: Known.server6, link: Known.serverLink)
    return switch host {
    case .client: [End(device: "router", own: client, other: clientSide)]
    case .server: [End(device: "router", own: server, other: serverSide)]
    case .router:
      [
        End(device: "client", own: clientSide, other: client),
        End(device: "server", own: serverSide, other: server),
      ]
    }
  }

  /// `ip -batch` in a host's namespace, once its wires are there.
  ///
  /// Neighbours are told and not discovered: discovery loses or delays a first packet now and then,
  /// and nothing here is about it.
  func addresses(of host: NetworkHost) -> String {
    var lines = ["link set lo up"]
    for end in ends(of: host) {
      lines.append("link set \(end.device) address \(end.own.link)")
      lines.append("addr add \(end.own.four)/24 dev \(end.device)")
      // Nobody else can have it: looking for duplicates would only take time.
      if hasIPv6 { lines.append("addr add \(end.own.six)/64 dev \(end.device) nodad") }
      lines.append("link set \(end.device) up")
      for other in [end.other.four] + (hasIPv6 ? [end.other.six] : []) {
        lines.append(
          "neigh replace \(other) lladdr \(end.other.link) dev \(end.device) nud permanent")
        if host != .router { lines.append("route add default via \(other) dev \(end.device)") }
      }
    }
    return (lines + limits(of: host)).map { $0 + "\n" }.joined()
  }

  /// The router's MTU belongs to its routes and not to its devices: so it holds in one direction
  /// only, and neither neighbour knows of it.
  private func limits(of host: NetworkHost) -> [String] {
    guard host == .router else { return [] }
    var lines: [String] = []
    for heading in Heading.allCases {
      guard let mtu = script.routerMTU[heading] else { continue }
      let (device, four, six) =
        switch heading {
        case .toServer: ("server", NetworkAddresses.server4, NetworkAddresses.server6)
        case .toClient: ("client", NetworkAddresses.client4, NetworkAddresses.client6)
        }
      lines.append("route add \(four)/32 dev \(device) mtu \(mtu)")
      if hasIPv6 { lines.append("route add \(six)/128 dev \(device) mtu \(mtu)") }
    }
    return lines
  }

  /// The settings of a host, in order: the lab's own first, so that a fixture can overrule them.
  func settings(of host: NetworkHost) -> [(name: String, value: String)] {
    var settings: [(name: String, value: String)]
    switch host {
    case .router:
      settings = [("net.ipv4.ip_forward", "1")]
      if hasIPv6 { settings.append(("net.ipv6.conf.all.forwarding", "1")) }
    case .client, .server:
      // One everywhere, without pacing: the host's own would make runs differ between hosts.
      settings = [
        ("net.ipv4.tcp_congestion_control", "reno"), ("net.ipv4.tcp_autocorking", "0"),
      ]
    }
    return settings + script.sysctls.filter { $0.host == host }.map { ($0.name, $0.value) }
  }

  /// Where the fixture says what stands in a line of ``filter(of:)``, counted from 1; `nil` for the
  /// lab's own.
  func fixtureLine(ofFilterLine number: Int, of host: NetworkHost) -> Int? {
    let lines = filter(of: host)?.split(separator: "\n", omittingEmptySubsequences: false) ?? []
    guard lines.indices.contains(number - 1) else { return nil }
    let rule = lines[number - 1].trimmed
    return script.filters.first { $0.host == host && $0.rule.trimmed == rule }?.line
  }

  /// `nft -f -` for a host; `nil` without a rule.
  func filter(of host: NetworkHost) -> String? {
    var chains: [(head: String, rules: [String])] = []
    if host == .router, script.routerSendsNoICMP {
      let errors = "destination-unreachable, time-exceeded, parameter-problem"
      chains.append(
        (
          "type filter hook output priority 0",
          ["icmp type { \(errors) } drop", "icmpv6 type { \(errors), packet-too-big } drop"]
        ))
    }
    if host == .router, script.hasProxy {
      chains.append(
        (
          "type nat hook prerouting priority -100",
          [("ipv4", LabNetwork.proxyPort), ("ipv6", LabNetwork.proxyPort6)].map { family, port in
            "meta nfproto \(family) iifname \"client\" tcp dport \(LabNetwork.port) redirect to :\(port)"
          }
        ))
    }
    for hook in filterHooks {
      let rules = script.filters.filter { $0.host == host && $0.hook == hook }.map(\.rule)
      if !rules.isEmpty { chains.append(("type filter hook \(hook) priority 0", rules)) }
    }
    guard !chains.isEmpty else { return nil }
    var text = "table inet lab {\n"
    for (number, chain) in chains.enumerated() {
      text += "  chain chain\(number) {\n    \(chain.head); policy accept\n"
      text += chain.rules.map { "    \($0)\n" }.joined() + "  }\n"
    }
    return text + "}\n"
  }
}
