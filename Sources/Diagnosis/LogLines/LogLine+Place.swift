import SessionTrace

extension LogLine {
  /// Finds which server the line is about, in the ways that programs name one.
  mutating func find(placeIn text: LogText) {
    for template in Self.places {
      guard var holes = template.match(text) else { continue }
      // Of what stands in front of an address the last word is the name, and of a rest of a line the first.
      holes["host"] = holes["host"].map { words in
        String(
          (holes["address"] == nil
            ? words.split(separator: " ").first : words.split(separator: " ").last) ?? "")
      }
      guard let address = holes["address"], NumericAddress(address) != nil else {
        if holes["address"] == nil, let host = holes["host"].flatMap(name) {
          self.host = host
          port = port ?? holes["port"].flatMap(leadingNumber)
          return
        }
        continue
      }
      self.address = address
      host = holes["host"].flatMap(name)
      port = port ?? holes["port"].flatMap(leadingNumber)
      return
    }
  }

  private static let places: [LogTemplate] = [
    "H={host} [{address}]:{port}", "H={host} [{address}]", "connect to {host}[{address}]:{port}:",
    "with {host}[{address}]", "host {host}[{address}]", "server {host}[{address}]",
    "relay={host}[{address}]:{port}", "relay={host} [{address}]", "relay={host}. [{address}]",
    "from {host}[{address}]", "from {host} [{address}]", "host {host} [{address}]",
    "name={host} type",
    "SMTP host: {host}, port: {port}", "Failed to connect to {host} port {port}",
    "input from {host} during", "timed out with {host}", "refused by {host}", "reset by {host}",
  ].map(LogTemplate.init)

  /// A host's name; `nil` for what cannot be one.
  private func name(_ text: String) -> String? {
    let name = text.hasSuffix(".") ? String(text.dropLast()) : text
    let isName =
      !name.isEmpty && name.count <= 253
      && name.utf8.allSatisfy {
        (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || $0 == 0x2D || $0 == 0x2E
      }
    return isName && name != "unknown" ? name : nil
  }
}

/// The number that a text begins with.
func leadingNumber(_ text: String) -> Int? {
  Int(text.drop { $0 == " " }.prefix { $0.isASCII && $0.isNumber })
}
