import ArgumentParser

/// The TARGET as typed, taken apart.
struct TargetArgument: ExpressibleByArgument, Equatable {
  /// What kind of place it names.
  enum Place: Equatable {
    case host(String)
    case mailDomain(String)
    case unix(String)
    case lab(String)
  }

  var given: String
  var place: Place
  var port: Int?
  /// The mailbox, when the target was one.
  var recipient: String?

  init?(argument: String) {
    given = argument
    if let name = argument.removing(prefix: "lab:"), !name.isEmpty {
      place = .lab(name)
    } else if let path = argument.removing(prefix: "unix:"), !path.isEmpty {
      place = .unix(path)
    } else if let domain = argument.removing(prefix: "mx:"), isName(domain) {
      place = .mailDomain(domain)
    } else if let at = argument.lastIndex(of: "@") {
      let domain = String(argument[argument.index(after: at)...])
      guard isName(domain), at != argument.startIndex else { return nil }
      place = .mailDomain(domain)
      recipient = argument
    } else {
      guard let (host, port) = splitPort(argument), isName(host) else { return nil }
      place = .host(host)
      self.port = port
    }
  }
}

/// `host`, `host:25`, `[2001:db8::1]:25`, `2001:db8::1`; `nil` when the port is none.
func splitPort(_ text: String) -> (host: String, port: Int?)? {
  if text.hasPrefix("[") {
    guard let end = text.firstIndex(of: "]") else { return nil }
    let host = String(text[text.index(after: text.startIndex)..<end])
    let rest = text[text.index(after: end)...]
    if rest.isEmpty { return (host, nil) }
    guard rest.hasPrefix(":"), let port = portNumber(rest.dropFirst()) else { return nil }
    return (host, port)
  }
  let parts = text.split(separator: ":", omittingEmptySubsequences: false)
  // More than one colon and no brackets: an IPv6 address.
  guard parts.count == 2 else { return (text, nil) }
  guard let port = portNumber(parts[1]) else { return nil }
  return (String(parts[0]), port)
}

private func portNumber(_ text: Substring) -> Int? {
  guard let port = Int(text), (1...65_535).contains(port) else { return nil }
  return port
}

private func isName(_ text: String) -> Bool {
  !text.isEmpty && text.utf8.count <= 255
    && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "/") }
}

extension String {
  /// What follows `prefix`, or `nil`.
  func removing(prefix: String) -> String? {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
  }
}
