package import Reporting
import Wire

extension Redactor {
  /// The one that knows what this host and its user are called.
  package static func here(_ mode: RedactionMode) -> Redactor {
    let users = ["USER", "LOGNAME", "SUDO_USER", "SMTPPROBE_AUTH_USER"].map(environmentVariable)
    let names = [HostFacts.hostName()] + users
    let home = environmentVariable("HOME").flatMap { $0.split(separator: "/").count > 1 ? $0 : nil }
    return Redactor(mode: mode, own: names.compactMap(\.self), ownPaths: [home].compactMap(\.self))
  }
}
