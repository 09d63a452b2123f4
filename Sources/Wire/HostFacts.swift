import CLinuxSocket

/// What the host says of itself, readable by everyone.
package enum HostFacts {
  /// `uname -r`; empty when it cannot be read.
  package static func kernelRelease() -> String {
    sysctls(["kernel.osrelease"]).values.first ?? ""
  }

  /// The values of these sysctls (`net.ipv4.tcp_fastopen`) by name, as sysctl(8) prints them;
  /// absent ones are left out.
  package static func sysctls(_ names: [String]) -> [String: String] {
    var values: [String: String] = [:]
    for name in names {
      let path = "/proc/sys/" + String(name.map { $0 == "." ? "/" : $0 })
      if let text = contents(of: path) { values[name] = text }
    }
    return values
  }

  private static func contents(of path: String) -> String? {
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = unsafe wire_read_file(path, &bytes, bytes.count)
    guard count >= 0 else { return nil }
    let line = bytes.prefix(Int(count)).prefix { $0 != UInt8(ascii: "\n") }
    return String(decoding: line, as: UTF8.self)
  }
}
