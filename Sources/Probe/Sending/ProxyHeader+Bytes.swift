import SessionOptions
import Wire

/// The header of the PROXY protocol as bytes.
///
/// Source: HAProxy, doc/proxy-protocol.txt, sections 2.1 (version 1) and 2.2 (version 2).
extension ProxyHeader {
  /// The header that leaves on a connection between these two ends; `nil` stands for one unknown.
  func bytes(from local: Endpoint?, to remote: Endpoint?) -> [UInt8] {
    let ends = ends(from: local, to: remote)
    switch version {
    case .v1: return Array(line(ends).utf8)
    case .v2: return binary(ends)
    }
  }

  /// What a reader of the report is told in its place.
  func text(from local: Endpoint?, to remote: Endpoint?) -> String {
    guard let ends = ends(from: local, to: remote) else {
      return "(PROXY \(version.rawValue) header without addresses)"
    }
    return "(PROXY \(version.rawValue) header: \(ends.from) to \(ends.to))"
  }

  /// Whether the addresses can be told; a name, or a number that is none, cannot.
  var isUsable: Bool {
    guard case .addresses = subject, let ends = ends(from: nil, to: nil) else { return true }
    return ends.from.isUsable && ends.to.isUsable
  }

  private func ends(
    from local: Endpoint?, to remote: Endpoint?
  ) -> (from: Endpoint, to: Endpoint)? {
    switch subject {
    case .nobody: return nil
    case .connection:
      guard let local, let remote else { return nil }
      return (local, remote)
    case .addresses(let from, let to):
      return (
        .ip(address: from.host, port: from.port ?? 0), .ip(address: to.host, port: to.port ?? 0)
      )
    case .paths(let from, let to): return (.unix(path: from), .unix(path: to))
    }
  }

  /// `PROXY TCP4 192.0.2.7 198.51.100.1 4711 25`; what it has no word for is UNKNOWN.
  private func line(_ ends: (from: Endpoint, to: Endpoint)?) -> String {
    guard let ends, case .ip(let source, let sourcePort) = ends.from,
      case .ip(let destination, let destinationPort) = ends.to
    else { return "PROXY UNKNOWN\r\n" }
    let family = source.contains(":") ? "TCP6" : "TCP4"
    return "PROXY \(family) \(unscoped(source)) \(unscoped(destination)) \(sourcePort)"
      + " \(destinationPort)\r\n"
  }

  private func binary(_ ends: (from: Endpoint, to: Endpoint)?) -> [UInt8] {
    let signature: [UInt8] = [13, 10, 13, 10, 0, 13, 10, 0x51, 0x55, 0x49, 0x54, 10]
    guard let ends, let (family, addresses) = block(ends) else {
      // LOCAL, unspecified, nothing behind it.
      return signature + [0x20, 0, 0, 0]
    }
    return signature + [0x21, family] + bigEndian(addresses.count) + addresses
  }

  /// Family and transport, and the block of addresses.
  private func block(
    _ ends: (from: Endpoint, to: Endpoint)
  ) -> (family: UInt8, addresses: [UInt8])? {
    switch (ends.from, ends.to) {
    case (.ip(_, let sourcePort), .ip(_, let destinationPort)):
      guard let source = ends.from.addressBytes, let destination = ends.to.addressBytes,
        source.count == destination.count
      else { return nil }
      return (
        source.count == 4 ? 0x11 : 0x21,
        source + destination + bigEndian(sourcePort) + bigEndian(destinationPort)
      )
    case (.unix(let source), .unix(let destination)):
      return (0x31, padded(source) + padded(destination))
    case (.ip, .unix), (.unix, .ip): return nil
    }
  }

  private func bigEndian(_ number: Int) -> [UInt8] {
    [UInt8(truncatingIfNeeded: number >> 8), UInt8(truncatingIfNeeded: number)]
  }

  private func padded(_ path: String) -> [UInt8] {
    let bytes = Array(path.utf8.prefix(108))
    return bytes + Array(repeating: 0, count: 108 - bytes.count)
  }

  /// A zone means nothing to another host.
  private func unscoped(_ address: String) -> Substring { address.prefix { $0 != "%" } }
}
