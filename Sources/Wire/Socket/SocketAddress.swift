import CLinuxSocket
import Glibc

/// An endpoint in the kernel's form.
struct SocketAddress {
  var raw = wire_address()

  /// Throws `EINVAL` for what is no numeric address or port, `ENAMETOOLONG` for a long path.
  init(_ endpoint: Endpoint) throws(FailedCall) {
    switch endpoint {
    case .ip(let address, let port):
      let number = try port16(port)
      _ = try checked("inet_pton", unsafe wire_address_from_ip(&raw, address, number))
    case .unix(let path):
      _ = try checked("socket", unsafe wire_address_from_path(&raw, path))
    }
  }

  private init(raw: wire_address) {
    self.raw = raw
  }

  /// The socket's own end; `nil` when it has none.
  static func local(of descriptor: Int32) -> SocketAddress? {
    var raw = wire_address()
    return unsafe wire_local_address(descriptor, &raw) == 0 ? SocketAddress(raw: raw) : nil
  }

  /// The peer's end; `nil` while there is no peer.
  static func remote(of descriptor: Int32) -> SocketAddress? {
    var raw = wire_address()
    return unsafe wire_remote_address(descriptor, &raw) == 0 ? SocketAddress(raw: raw) : nil
  }

  var family: wire_family {
    var raw = raw
    return unsafe wire_address_family(&raw)
  }

  /// Back to numbers; `nil` for a family we do not know.
  var endpoint: Endpoint? {
    var raw = raw
    return Endpoint(unsafe wire_address_describe(&raw))
  }
}

extension Endpoint {
  /// Whether the kernel would take it: the address is numeric, the port in range, the path not too long.
  package var isUsable: Bool { (try? SocketAddress(self)) != nil }

  init?(_ described: wire_address_text) {
    let text = unsafe withUnsafeBytes(of: described.text) { bytes in
      unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    switch described.family {
    case WIRE_FAMILY_IPV4, WIRE_FAMILY_IPV6:
      self = .ip(address: text, port: Int(described.port))
    case WIRE_FAMILY_UNIX: self = .unix(path: text)
    default: return nil
    }
  }
}

private func port16(_ port: Int) throws(FailedCall) -> UInt16 {
  guard let number = UInt16(exactly: port) else { throw FailedCall(call: "htons", number: EINVAL) }
  return number
}
