/// What the operating system said when a call did not do what was asked.
///
/// Kept by name as well as by number, so that a saved trace means the same on another architecture.
package struct SystemFailure: Codable, Sendable, Equatable {
  /// The call, as its manual page names it: `connect`, `send`, `recv`.
  package var call: String
  /// The symbolic name: `ECONNRESET`.
  package var name: String
  /// `errno`.
  package var code: Int
  /// The C library's sentence for it.
  package var text: String

  package init(call: String, name: String, code: Int, text: String) {
    self.call = call
    self.name = name
    self.code = code
    self.text = text
  }
}

extension SystemFailure {
  /// Stands in the place of a call where a host was reached and its TLS is not what a policy demands.
  package static let policyCall = "TLS policy"

  package var isAboutPolicy: Bool { call == Self.policyCall }

  /// Whether a lookup was answered: there is no such name, or no such record of it. What else stood
  /// against it leaves open whether there is one.
  package var saysThereIsNone: Bool {
    [
      "NXDOMAIN", "NO_DATA", "NULL_MX", "EAI_NONAME", "EAI_NODATA", "EAI_ADDRFAMILY",
      // Reports of earlier builds.
      "HOST_NOT_FOUND",
    ].contains(name)
  }

  /// Stands in the place of a call where none of a domain's exchangers has an address; the text is the whole
  /// sentence.
  package static let exchangersCall = "addresses of mail exchangers"

  package var isAboutExchangers: Bool { call == Self.exchangersCall }

  /// Whether DNSSEC is what stands against using what was found.
  package var isAboutDNSSEC: Bool { call == "DNSSEC" }
}
