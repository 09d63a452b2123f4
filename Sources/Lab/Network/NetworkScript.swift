/// A network as a fixture describes it: client, router and server, and what is wrong between them.
///
/// ```
/// client ── path ── router ── server
/// ```
/// The client, the router and the server are the kernel's own, each in a namespace of its own; the
/// path is a wire whose packets pass through the lab. Without a word everything works: 1500 bytes
/// of MTU, no delay, no loss, IPv4 and IPv6.
package struct NetworkScript: Sendable, Equatable {
  /// The longest packet, in bytes, that the router passes on in a direction.
  package var routerMTU: [Heading: Int] = [:]
  /// The router tells nobody what it could not deliver.
  package var routerSendsNoICMP = false
  /// The router answers for the server: it ends TCP and forwards by connections of its own.
  package var hasProxy = false
  /// The client has connected before, and keeps the cookie it was granted (RFC 7413).
  package var clientHasCookie = false
  /// The server's key is another one by the time of the session, as in a pool without a common key.
  package var serverForgetsCookies = false
  /// The client's port of a connection that the server still has, and the client does not.
  package var forgottenPort: Int?
  /// Settings of the kernel, in order.
  package var sysctls: [KernelSetting] = []
  /// Packet filter rules in nftables' own words.
  package var filters: [FilterRule] = []
  /// What the path does to packets, in order.
  package var pathRules: [PathRule] = []

  package init() {}
}

/// Who keeps a namespace of the lab.
package enum NetworkHost: String, Sendable, CaseIterable {
  case client, router, server
}

/// Where a packet is going.
package enum Heading: Sendable, CaseIterable {
  case toServer, toClient

  /// The way back.
  package var reversed: Heading { self == .toServer ? .toClient : .toServer }
}

/// A sysctl of one host.
package struct KernelSetting: Sendable, Equatable {
  package var host: NetworkHost
  /// As sysctl(8) writes it: `net.ipv4.tcp_ecn`.
  package var name: String
  package var value: String
}

/// A rule of nft(8) at one of its hooks.
package struct FilterRule: Sendable, Equatable {
  package var host: NetworkHost
  /// `input`, `output`, `forward`, `prerouting` or `postrouting`.
  package var hook: String
  /// What nft is told; it checks the words itself.
  package var rule: String
  /// Where it stands in the fixture, for nft's complaints.
  package var line: Int
}

/// The networks of a fixture: with its faults and without.
package struct FixtureNetwork: Sendable, Equatable {
  /// With the `Network fault:` section.
  package var faulty: NetworkScript
  /// Without it.
  package var sound: NetworkScript

  /// The network to build.
  package func script(faultsEnabled: Bool) -> NetworkScript { faultsEnabled ? faulty : sound }
}
