/// One thing to do about a cause: a line for a configuration, words, or both.
package struct Remedy: Encodable, Sendable, Equatable {
  /// A line as it stands in a configuration or a shell, with the placeholders of ``RemedyPlace``;
  /// `nil` where words must do.
  package var setting: String?
  /// Where the line belongs and what it does, or what to do without one; `nil` where the line says all.
  package var text: String?

  /// A line, and where it belongs.
  package static func setting(_ setting: String, _ text: String? = nil) -> Remedy {
    Remedy(setting: setting, text: text)
  }

  /// Words alone.
  package static func advice(_ text: String) -> Remedy { Remedy(setting: nil, text: text) }

  /// The remedy with the placeholders filled in, as far as `place` knows them.
  package func filled(for place: RemedyPlace) -> Remedy {
    Remedy(setting: setting.map(place.fill), text: text.map(place.fill))
  }

  private enum CodingKeys: String, CodingKey { case setting, text }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(setting, forKey: .setting)
    try container.encode(text, forKey: .text)
  }
}

/// Whom a remedy is for: what stands in the place of `<host>`, `<address>`, `<domain>`, `<limit>` and
/// `<recipients>`.
///
/// A name comes from a command line or a report and goes into somebody's configuration, so only
/// what a name, an address or a host pattern is made of is filled in; anything else leaves the
/// placeholder.
package struct RemedyPlace: Sendable, Equatable {
  /// An item of an Exim host list: a name, a pattern such as `*.l.google.com`, or an address.
  package var host: String?
  /// The server's address in numbers, by which Postfix looks it up.
  package var address: String?
  /// The next-hop domain, by which Postfix finds its TLS policy.
  package var domain: String?

  /// Bytes of the largest message that passes, where everything larger fails.
  package var limit: Int?
  /// The most RCPT commands that pass, where one more fails.
  package var recipients: Int?

  package init(
    host: String? = nil, address: String? = nil, domain: String? = nil, limit: Int? = nil,
    recipients: Int? = nil
  ) {
    self.limit = limit
    self.recipients = recipients
    self.host = host
    self.address = address
    self.domain = domain
  }

  /// `text` with the placeholders filled in.
  package func fill(_ text: String) -> String {
    // In a list that is separated by colons, a colon of an IPv6 address is doubled (Exim
    // specification, "Lists").
    let item = host.map { $0.replacing(":", with: "::") }
    var text = text
    let values = [
      ("<host>", item), ("<address>", address), ("<domain>", domain),
      ("<limit>", limit.map(String.init)), ("<recipients>", recipients.map(String.init)),
    ]
    for (placeholder, value) in values {
      guard let value, isName(value) else { continue }
      text = text.replacing(placeholder, with: value)
    }
    return text
  }

  private func isName(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 255
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
          UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "*"):
          true
        default: false
        }
      }
  }
}
