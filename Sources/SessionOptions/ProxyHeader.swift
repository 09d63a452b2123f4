/// The header of the PROXY protocol that a session begins with: the value of `--proxy`.
///
///     v1                                        this connection's own addresses, as text
///     v2                                        the same, in binary
///     v2=192.0.2.7:4711,198.51.100.1:25         those of a connection that somebody else would have made
///     v2=unix:/run/a,unix:/run/b                of UNIX sockets
///     v1=unknown, v2=local                      none: PROXY UNKNOWN, and LOCAL
///
/// Source: the PROXY protocol, versions 1 and 2 (HAProxy, doc/proxy-protocol.txt).
package struct ProxyHeader: Sendable, Equatable {
  /// How it is written.
  package enum Version: String, Sendable, CaseIterable {
    /// A line of text.
    case v1
    /// Binary.
    case v2
  }

  /// Whose addresses it tells.
  package enum Subject: Sendable, Equatable {
    /// Those of the connection that carries it.
    case connection
    /// Nobody's: a balancer's own check of health.
    case nobody
    /// From one address in numbers to another of the same family, each with its port.
    case addresses(from: HostAndPort, to: HostAndPort)
    /// From one path to another.
    case paths(from: String, to: String)
  }

  package var version: Version
  package var subject: Subject

  package init(_ version: Version, _ subject: Subject = .connection) {
    self.version = version
    self.subject = subject
  }
}

extension ProxyHeader: OptionWord {
  package init(option text: String) throws(OptionWordError) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard let version = Version(rawValue: String(parts[0])) else {
      throw OptionWordError("give v1 or v2, or v2=SOURCE:PORT,DESTINATION:PORT")
    }
    self.init(version)
    guard parts.count > 1 else { return }
    subject = try Self.subject(String(parts[1]), version)
  }

  private static func subject(
    _ text: String, _ version: Version
  ) throws(OptionWordError) -> Subject {
    if text == version.wordForNobody { return .nobody }
    let ends = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard ends.count == 2 else {
      throw OptionWordError(
        "give SOURCE:PORT,DESTINATION:PORT behind \(version.rawValue)=, or"
          + " \(version.wordForNobody)")
    }
    let paths = ends.compactMap { $0.removing(prefix: "unix:") }
    if paths.count == 2 {
      guard version == .v2 else { throw OptionWordError("version 1 knows no UNIX sockets: use v2") }
      guard paths.allSatisfy({ (1...longestPath).contains($0.utf8.count) }) else {
        throw OptionWordError("a path has 1 to \(longestPath) bytes")
      }
      return .paths(from: paths[0], to: paths[1])
    }
    let found = ends.compactMap { HostAndPort($0) }.filter { $0.port != nil }
    guard found.count == 2, found[0].isIPv6 == found[1].isIPv6 else {
      throw OptionWordError(
        "give two addresses of one family in numbers, each with its port: 192.0.2.7:4711 or"
          + " [2001:db8::7]:4711")
    }
    return .addresses(from: found[0], to: found[1])
  }

  package var optionText: String {
    switch subject {
    case .connection: version.rawValue
    case .nobody: "\(version.rawValue)=\(version.wordForNobody)"
    case .addresses(let from, let to):
      "\(version.rawValue)=\(from.optionText),\(to.optionText)"
    case .paths(let from, let to): "\(version.rawValue)=unix:\(from),unix:\(to)"
    }
  }

  /// What a path may have at most (section 2.2).
  private static let longestPath = 108
}

extension ProxyHeader.Version {
  /// How the header itself calls a connection of nobody.
  fileprivate var wordForNobody: String {
    switch self {
    case .v1: "unknown"
    case .v2: "local"
    }
  }
}

extension HostAndPort {
  fileprivate var isIPv6: Bool { host.contains(":") }
}
