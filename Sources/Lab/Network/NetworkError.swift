package import Wire

/// Why this host does not let the lab build a network; each says what is missing, and the mend.
package enum NetworkError: Error, Sendable, CustomStringConvertible {
  /// No namespaces for us.
  case noNamespaces(WireError)
  /// A namespace is there, but something in it could not be set or opened.
  case refused(WireError)
  /// A program did not do what it was told, or is not there.
  case tool(NetworkTool, NetworkTool.Failure)
  /// The client's first connection, for its Fast Open cookie, did not come about.
  case noCookie

  package var description: String {
    switch self {
    case .noNamespaces(let error):
      """
      network fixtures live in namespaces of their own, which this system refuses: \(error). Run it \
      as root, or allow user namespaces (sysctl kernel.unprivileged_userns_clone=1, \
      user.max_user_namespaces=1000, kernel.apparmor_restrict_unprivileged_userns=0); in a \
      container, give it SYS_ADMIN and NET_ADMIN
      """
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
    case .noCookie: "the lab's own server granted no Fast Open cookie"
    }
  }
}
