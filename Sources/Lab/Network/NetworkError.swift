import SessionTrace
package import Wire

/// Why this host does not let the lab build a network; each says what is missing, and the mend.
package enum NetworkError: Error, Sendable, CustomStringConvertible {
  /// No namespaces for us.
  case noNamespaces(WireError)
  /// A namespace is there, but something in it could not be set or opened.
  case refused(WireError)
  /// A program did not do what it was told, or is not there.
  case tool(NetworkTool, NetworkTool.Failure)
  /// The connection before this one did not come about: for a Fast Open cookie, or to be forgotten.
  case noEarlierConnection

  /// With nft's "/dev/stdin:4:22-22:" turned into the fixture's line, which `line` knows for nft's.
  func namingLines(_ line: (Int) -> Int?) -> NetworkError {
    guard case .tool(let tool, .refused(let status, let words)) = self else { return self }
    let place = "/dev/stdin:"
    let named = words.split(separator: "\n", omittingEmptySubsequences: false).map { words in
      guard words.hasPrefix(place),
        let number = Int(words.dropFirst(place.count).prefix { $0 != ":" }), let own = line(number)
      else { return String(words) }
      return "line \(own) of the fixture:" + words.dropFirst(place.count).drop { $0 != " " }
    }
    return .tool(tool, .refused(status: status, words: named.joined(separator: "\n")))
  }

  package var description: String {
    switch self {
    case .noNamespaces(let error):
      """
      network fixtures live in namespaces of their own, which this system refuses: \(error). Run it \
      as root, or allow user namespaces (sysctl kernel.unprivileged_userns_clone=1, \
      user.max_user_namespaces=1000, kernel.apparmor_restrict_unprivileged_userns=0); in a \
      container, give it SYS_ADMIN and NET_ADMIN
      """
    case .refused(let error) where error.failure.name == "ENOENT":
      "the lab cannot build the fixture's network: \(error); this kernel has no such setting"
    case .refused(let error):
      """
      the lab cannot build the fixture's network: \(error). In a container, /proc/sys must be \
      writable; elsewhere, run it as root
      """
    case .tool(let tool, .missing):
      "network fixtures need the program '\(tool.rawValue)': install the package \(tool.package)"
    case .tool(let tool, .notStarted(let error)):
      "the lab cannot run '\(tool.rawValue)': \(error)"
    case .tool(let tool, .refused(let status, let words)):
      "'\(tool.rawValue)' would not build the fixture's network (exit \(status)):\n\(words)"
    case .noEarlierConnection: "the lab could not connect to its own server beforehand"
    }
  }
}
