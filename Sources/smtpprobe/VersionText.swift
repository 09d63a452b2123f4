import Authentication
import Diagnosis
import Lab
import Reporting
import TLSEngine
import Wire

/// What `--version -v` says: what a report of a fault in this tool should begin with.
func versionText() -> String {
  let capabilities = HostFacts.capabilities().map { held in
    HostFacts.Capability.allCases.map { "\($0.name) \(held.contains($0) ? "yes" : "no")" }
      .joined(separator: ", ")
  }
  let fastOpen = HostFacts.sysctls(["net.ipv4.tcp_fastopen"])["net.ipv4.tcp_fastopen"]
  let fixtures = (try? FixtureLibrary.embedded().fixtures.count) ?? 0
  let rows = [
    ("smtpprobe", toolVersion),
    ("built", buildText),
    ("GnuTLS", TLSSession.libraryVersion ?? "not found: TLS needs libgnutls30"),
    ("GNU SASL", SASLLibrary.version ?? "not found: --auth needs libgsasl18"),
    ("libunbound", Validator.libraryVersion ?? "not found: --dane needs libunbound8"),
    ("kernel", "Linux " + HostFacts.kernelRelease()),
    ("rights", capabilities ?? "unknown"),
    ("namespaces", HostFacts.mayMakeUserNamespaces().map(inWords) ?? "unknown"),
    ("Fast Open", fastOpen.map { "net.ipv4.tcp_fastopen = \($0)" } ?? "unknown"),
    ("inside", "\(fixtures) fixtures, \(Catalogue.causes.count) causes"),
  ]
  return rows.map { name, value in
    name + String(repeating: " ", count: 12 - name.count) + value + "\n"
  }.joined()
}

private func inWords(_ mayMake: Bool) -> String {
  mayMake
    ? "a user may make them: lab fixtures with networks can be played"
    : "a user may not make them: lab fixtures with networks need root"
}

private var buildText: String {
  #if DEBUG
    let form = "debug"
  #else
    let form = "release"
  #endif
  #if arch(x86_64)
    let machine = "x86-64"
  #elseif arch(arm64)
    let machine = "arm64"
  #else
    let machine = "another machine"
  #endif
  #if swift(>=6.3)
    let language = "Swift 6.3 or later"
  #else
    let language = "Swift 6.2"
  #endif
  return "\(form), \(machine), \(language)"
}
