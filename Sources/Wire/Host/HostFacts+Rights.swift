extension HostFacts {
  /// What of the kernel's rights a process may have that the tool can use, by their numbers in capabilities(7).
  package enum Capability: Int, Sendable, CaseIterable {
    case netAdmin = 12
    case netRaw = 13
    case sysAdmin = 21

    /// `CAP_NET_ADMIN`.
    package var name: String {
      switch self {
      case .netAdmin: "CAP_NET_ADMIN"
      case .netRaw: "CAP_NET_RAW"
      case .sysAdmin: "CAP_SYS_ADMIN"
      }
    }
  }

  /// Those that this process has in effect; `nil` where it cannot be told (`/proc/self/status`).
  package static func capabilities() -> [Capability]? {
    let line = contents(of: "/proc/self/status")?.split(separator: "\n")
      .first { $0.hasPrefix("CapEff:") }
    guard let digits = line?.split(separator: "\t").last, let mask = UInt64(digits, radix: 16)
    else { return nil }
    return Capability.allCases.filter { mask >> UInt64($0.rawValue) & 1 == 1 }
  }

  /// Whether this process may make user namespaces, as far as the system's settings say.
  package static func mayMakeUserNamespaces() -> Bool? {
    let names = [
      "user.max_user_namespaces", "kernel.unprivileged_userns_clone",
      "kernel.apparmor_restrict_unprivileged_userns",
    ]
    let values = sysctls(names)
    guard let most = values[names[0]].flatMap({ Int($0) }) else { return nil }
    if capabilities()?.contains(.sysAdmin) == true { return most > 0 }
    return most > 0 && values[names[1]] != "0" && values[names[2]] != "1"
  }
}
