/// The TARGET as typed, taken apart.
package struct Target: Sendable, Equatable {
  /// What kind of place it names.
  package enum Place: Sendable, Equatable {
    case host(String)
    case mailDomain(String)
    case unix(String)
    case lab(String)
  }

  package let given: String
  package let place: Place
  package let port: Int?
  /// The mailbox, when the target was one.
  package let recipient: String?

  /// Takes `text` apart; `nil` when it names no place.
  package init?(_ text: String) {
    given = text
    var port: Int?
    var recipient: String?
    if let name = text.removing(prefix: "lab:"), !name.isEmpty {
      place = .lab(name)
    } else if let path = text.removing(prefix: "unix:"), !path.isEmpty {
      place = .unix(path)
    } else if let domain = text.removing(prefix: "mx:"), isName(domain) {
      place = .mailDomain(domain)
    } else if let at = text.lastIndex(of: "@") {
      let domain = String(text[text.index(after: at)...])
      guard isName(domain), at != text.startIndex else { return nil }
      place = .mailDomain(domain)
      recipient = text
    } else {
      guard let parts = HostAndPort(text), isName(parts.host) else { return nil }
      place = .host(parts.host)
      port = parts.port
    }
    self.port = port
    self.recipient = recipient
  }

  /// Why the text names no place, and what would do.
  package static func problem(
    with text: String,
    forms: String = "host, host:port, [v6]:port, mx:domain, user@domain, unix:/path or lab:FIXTURE"
  ) -> String {
    if text.isEmpty { return "it is empty; give \(forms)" }
    let kinds = [("mx:", "a domain"), ("unix:", "a path"), ("lab:", "a fixture")]
    if let (kind, what) = kinds.first(where: { text == $0.0 }) {
      return "name \(what) behind \(kind)"
    }
    if text.hasPrefix("[") {
      guard let end = text.firstIndex(of: "]") else { return "the bracket is not closed" }
      let rest = text[text.index(after: end)...]
      if !rest.isEmpty, !rest.hasPrefix(":") {
        return "behind the bracket stands :port, or nothing"
      }
    }
    if HostAndPort(text) == nil { return "a port is 1 to 65535" }
    return "give \(forms)"
  }

  /// Whether a port can be chosen there.
  package var hasChoiceOfPort: Bool {
    switch place {
    case .host, .mailDomain: true
    case .unix, .lab: false
    }
  }

  /// Whether it is a fixture, which has to be played.
  package var isLab: Bool { if case .lab = place { true } else { false } }

  /// Whether sessions stay on this host, where nobody has to be asked.
  package var isOnThisHost: Bool {
    switch place {
    case .lab, .unix: true
    case .mailDomain: false
    case .host(let host): host == "localhost" || host == "::1" || isLoopbackAddress(host)
    }
  }
}

/// A host in a name or in numbers, with a port perhaps.
package struct HostAndPort: Sendable, Equatable {
  package var host: String
  package var port: Int?

  /// `host`, `host:25`, `[2001:db8::1]:25`, `2001:db8::1`; `nil` when the port is none.
  package init?(_ text: String) {
    if text.hasPrefix("[") {
      guard let end = text.firstIndex(of: "]") else { return nil }
      host = String(text[text.index(after: text.startIndex)..<end])
      let rest = text[text.index(after: end)...]
      guard !rest.isEmpty else { return }
      guard rest.hasPrefix(":"), let port = portNumber(rest.dropFirst()) else { return nil }
      self.port = port
      return
    }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    // More than one colon and no brackets: an IPv6 address.
    guard parts.count == 2 else {
      host = text
      return
    }
    guard let port = portNumber(parts[1]) else { return nil }
    host = String(parts[0])
    self.port = port
  }
}

private func portNumber(_ text: Substring) -> Int? {
  guard let port = Int(text), (1...65_535).contains(port) else { return nil }
  return port
}

/// Whether a name of a host can be that, in ASCII or in Unicode; which it is, IDNA has a say in.
private func isName(_ text: String) -> Bool {
  !text.isEmpty && text.utf8.count <= 255
    && text.unicodeScalars.allSatisfy { letter in
      letter.value > 0x20 && !(0x7F..<0xA0).contains(letter.value) && letter != "/"
        && (letter.isASCII || !letter.properties.isWhitespace)
    }
}

private func isLoopbackAddress(_ host: String) -> Bool {
  let parts = host.split(separator: ".", omittingEmptySubsequences: false)
  return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
}

extension String {
  /// What follows `prefix`, or `nil`.
  package func removing(prefix: String) -> String? {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
  }
}
