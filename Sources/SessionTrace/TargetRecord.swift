/// Whom we meant and whom we reached.
package struct TargetRecord: Codable, Sendable, Equatable {
  /// As typed.
  package var given: String
  package var host: String
  package var address: String?
  package var port: Int?
  package var mxPreference: Int?
  package var localAddress: String?
  package var localPort: Int?

  package init(given: String, host: String, port: Int?) {
    self.given = given
    self.host = host
    self.address = nil
    self.port = port
    self.mxPreference = nil
    self.localAddress = nil
    self.localPort = nil
  }

  /// Whether it is a socket of this host's file system: no TCP, no segments, no port.
  package var isUnixSocket: Bool { port == nil && address != nil }

  private enum CodingKeys: String, CodingKey {
    case given, host, address, port
    case mxPreference = "mx_preference"
    case localAddress = "local_address"
    case localPort = "local_port"
  }
}
