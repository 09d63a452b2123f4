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

  /// `ip -batch` in a host's namespace, once its wires are there.
  func addresses(of host: NetworkHost) -> String {
    let lines: [String]
    switch host {
    case .client:
      lines = [
        "link set lo up", "addr add \(NetworkAddresses.client4)/24 dev router",
        "link set router up", "route add default via \(NetworkAddresses.clientSide4)",
      ]
    case .server:
      lines = [
        "link set lo up", "addr add \(NetworkAddresses.server4)/24 dev router",
        "link set router up", "route add default via \(NetworkAddresses.serverSide4)",
      ]
    case .router:
      lines = [
        "link set lo up", "addr add \(NetworkAddresses.clientSide4)/24 dev client",
        "addr add \(NetworkAddresses.serverSide4)/24 dev server",
        "link set client up", "link set server up",
      ]
    }
    let all = lines + (hasIPv6 ? addresses6(of: host) : []) + limits(of: host)
    return all.map { $0 + "\n" }.joined()
  }

  private func addresses6(of host: NetworkHost) -> [String] {
    switch host {
    case .client:
      [
        "addr add \(NetworkAddresses.client6)/64 dev router nodad",
        "route add default via \(NetworkAddresses.clientSide6) dev router",
      ]
    case .server:
      [
        "addr add \(NetworkAddresses.server6)/64 dev router nodad",
        "route add default via \(NetworkAddresses.serverSide6) dev router",
      ]
    case .router:
      [
        "addr add \(NetworkAddresses.clientSide6)/64 dev client nodad",
        "addr add \(NetworkAddresses.serverSide6)/64 dev server nodad",
      ]
    }
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
    if hasIPv6 {
      // Nobody else can have our addresses, the link-local ones too: looking for duplicates would
      // only cost a second or two (RFC 4862 section 5.4).
      let devices = host == .router ? ["client", "server"] : ["router"]
      settings += devices.map { ("net.ipv6.conf.\($0).accept_dad", "0") }
    }
    return settings + script.sysctls.filter { $0.host == host }.map { ($0.name, $0.value) }
  }

  /// `nft -f -` for a host, and the fixture's line for each line of it; `nil` without a rule.
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
          ["iifname \"client\" tcp dport \(LabNetwork.port) redirect to :\(LabNetwork.proxyPort)"]
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
