import Glibc

extension Endpoint {
  /// The address as the network has it: 4 bytes or 16; `nil` for a path, and for no address in numbers.
  ///
  /// Wraps `inet_pton(3)`.
  package var addressBytes: [UInt8]? {
    guard case .ip(let address, _) = self else { return nil }
    let isIPv6 = address.contains(":")
    let text = String(address.prefix { $0 != "%" })
    var bytes = [UInt8](repeating: 0, count: isIPv6 ? 16 : 4)
    let found = unsafe inet_pton(isIPv6 ? AF_INET6 : AF_INET, text, &bytes)
    return found == 1 ? bytes : nil
  }
}
