/// Where a stream socket is or goes, in numbers; names are the resolver's business.
package enum Endpoint: Sendable, Hashable, CustomStringConvertible {
  /// A numeric IPv4 or IPv6 address, the latter with `%scope` if it needs one, and a port.
  case ip(address: String, port: Int)
  /// A UNIX socket by its path; empty for the unnamed end of a connection.
  case unix(path: String)

  /// `192.0.2.1:25`, `[2001:db8::1]:25`, or the path.
  package var description: String {
    switch self {
    case .ip(let address, let port):
      address.utf8.contains(UInt8(ascii: ":")) ? "[\(address)]:\(port)" : "\(address):\(port)"
    case .unix(let path): path
    }
  }
}
