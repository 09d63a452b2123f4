/// The host the session ran on.
package struct EnvironmentRecord: Codable, Sendable, Equatable {
  /// `uname -r`.
  package var kernel: String
  /// `gnutls_check_version`.
  package var gnutls: String
  /// The sysctls that bear on a stall, by their full names.
  package var sysctl: [String: String]
  /// Congestion control of the connection.
  package var congestionControl: String?

  package init() {
    self.kernel = ""
    self.gnutls = ""
    self.sysctl = [:]
    self.congestionControl = nil
  }

  private enum CodingKeys: String, CodingKey {
    case kernel, gnutls, sysctl
    case congestionControl = "congestion_control"
  }
}
