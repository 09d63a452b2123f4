package import SessionTrace

/// What a domain asks of those who send mail to it.
///
///     version: STSv1
///     mode: enforce
///     mx: mail.example.com
///     mx: *.example.net
///     max_age: 604800
///
/// Source: RFC 8461 section 3.2.
package struct STSPolicy: Equatable, Sendable {
  package typealias Mode = TLSPolicyRecord.Mode

  package var mode: Mode
  /// Seconds for which a sender may go by it.
  package var maxAge: Int
  /// Names of exchangers, in small letters; the first label may be `*`.
  package var exchangers: [String]

  package init(mode: Mode, maxAge: Int, exchangers: [String]) {
    self.mode = mode
    self.maxAge = maxAge
    self.exchangers = exchangers
  }

  /// The pattern that a host fits; `nil` when none does.
  ///
  /// Letters match whatever their case. `*.example.com` is `mail.example.com`, and neither `example.com` nor
  /// `a.mail.example.com` (section 4.1).
  package func pattern(for host: String) -> String? {
    let name = withoutRootDot(host).lowercased()
    return exchangers.first { pattern in
      guard pattern.hasPrefix("*.") else { return pattern == name }
      guard let dot = name.firstIndex(of: "."), dot != name.startIndex else { return false }
      return name[dot...] == pattern.dropFirst()
    }
  }

  /// The lines of it, without what is not understood.
  package var lines: [String] {
    ["version: STSv1", "mode: \(mode.rawValue)"] + exchangers.map { "mx: \($0)" }
      + ["max_age: \(maxAge)"]
  }
}
