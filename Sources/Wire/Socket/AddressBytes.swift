import Glibc

/// The four or sixteen bytes of a numeric address, in network order; `nil` when it is none. inet_pton(3).
package func addressBytes(_ text: String) -> [UInt8]? {
  var bytes = [UInt8](repeating: 0, count: 16)
  if unsafe inet_pton(AF_INET, text, &bytes) == 1 { return Array(bytes.prefix(4)) }
  return unsafe inet_pton(AF_INET6, text, &bytes) == 1 ? bytes : nil
}
