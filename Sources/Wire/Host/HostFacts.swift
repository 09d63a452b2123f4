import CLinuxSocket
import Glibc
package import SessionTrace

/// What the host says of itself, readable by everyone.
///
/// Everything under `/proc/sys/net` and `/proc/net` is that of the network namespace we are in.
package enum HostFacts {
  /// `uname -r`; empty when it cannot be read.
  package static func kernelRelease() -> String {
    sysctls(["kernel.osrelease"]).values.first ?? ""
  }

  /// What this host calls itself; `nil` when it cannot be told. C: uname, which is what `kernel.hostname` shows.
  package static func hostName() -> String? {
    var name = utsname()
    guard unsafe uname(&name) == 0 else { return nil }
    let text = unsafe withUnsafeBytes(of: name.nodename) { bytes in
      unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    return text.isEmpty ? nil : text
  }

  /// The values of these sysctls (`net.ipv4.tcp_fastopen`) by name; absent ones are left out.
  ///
  /// Numbers in a row (`net.ipv4.tcp_wmem`) have one blank between them.
  package static func sysctls(_ names: [String]) -> [String: String] {
    var values: [String: String] = [:]
    for name in names {
      let path = "/proc/sys/" + String(name.map { $0 == "." ? "/" : $0 })
      guard let text = contents(of: path) else { continue }
      let line = text.prefix { $0 != "\n" }
      values[name] = String(line.map { $0 == "\t" ? " " : $0 })
    }
    return values
  }

  /// Whether connections are tracked here; `nil` when it cannot be told.
  package static func connectionTracking() -> ConnectionTrackingRecord? {
    let names = ["net.netfilter.nf_conntrack_count", "net.netfilter.nf_conntrack_max"]
    let values = sysctls(names)
    let numbers = names.map { values[$0].flatMap { Int($0) } }
    if !values.isEmpty {
      return ConnectionTrackingRecord(isLoaded: true, entries: numbers[0], limit: numbers[1])
    }
    if loadedModules()?.contains("nf_conntrack") == true {
      return ConnectionTrackingRecord(isLoaded: true)
    }
    // The sysctls come with the module: where others of the namespace can be read, it is not there.
    let isReadable = !sysctls(["net.ipv4.tcp_sack"]).isEmpty
    return isReadable ? ConnectionTrackingRecord(isLoaded: false) : nil
  }

  /// The packet filters among the loaded modules; `nil` when the modules cannot be read.
  package static func packetFilters() -> [String]? {
    loadedModules().map { modules in
      ["nf_tables", "ip_tables", "ip6_tables"].filter { modules.contains($0) }
    }
  }

  /// The way to `address`, from `local` where that is known; `nil` when there is none, or none to find.
  ///
  /// Asks the kernel's routes; no packet is sent.
  package static func route(to address: String, from local: String?) -> RouteRecord? {
    guard let remote = try? SocketAddress(.ip(address: address, port: 9)) else { return nil }
    var remoteAddress = remote.raw
    var route = wire_route()
    let status: Int32
    if let own = try? local.map({ try SocketAddress(.ip(address: $0, port: 0)) }) {
      var ownAddress = own.raw
      status = unsafe wire_find_route(&ownAddress, &remoteAddress, &route)
    } else {
      status = unsafe wire_find_route(nil, &remoteAddress, &route)
    }
    guard status == 0 else { return nil }
    let name = unsafe withUnsafeBytes(of: route.interface) { bytes in
      unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    return RouteRecord(
      interface: escapedText(name.utf8),
      interfaceMTU: route.interface_mtu < 0 ? nil : Int(route.interface_mtu),
      pathMTU: route.path_mtu < 0 ? nil : Int(route.path_mtu))
  }

  /// The counters of the host as they stand; see ``HostCounters``.
  package static func counters() -> HostCounters {
    HostCounters(
      pairsOfLines: ["/proc/net/netstat", "/proc/net/snmp"].compactMap(bytes),
      lines: bytes(of: "/proc/net/snmp6"),
      columns: bytes(of: "/proc/net/stat/nf_conntrack"))
  }

  private static func loadedModules() -> Set<String>? {
    contents(of: "/proc/modules").map { text in
      Set(
        text.split(separator: "\n").compactMap { $0.split(separator: " ").first.map(String.init) })
    }
  }

  static func contents(of path: String) -> String? {
    bytes(of: path).map { String(decoding: $0, as: UTF8.self) }
  }

  private static func bytes(of path: String) -> [UInt8]? {
    guard let file = try? InputFile(path: path) else { return nil }
    return try? file.readAll(atMost: 1 << 24)
  }
}
