import Wire

extension ServerScript {
  /// Adds a line of the zone, if it can be said on the wire (RFC 1035 section 3.1).
  mutating func add(_ record: NameRecord, at line: SourceLine) throws(FixtureError) {
    var names = [record.name]
    switch record.content {
    case .exchanger(let preference, let host):
      if host != "." { names.append(host) }
      guard preference <= 65_535 else {
        throw line.error("a preference of \(preference)", mend: "give 0 to 65535")
      }
    case .alias(let other): names.append(other)
    case .address(let address): try check(address, at: line)
    case .text, .failure, .silence: break
    }
    for name in names where !NameMessage.isSayable(name) {
      throw line.error(
        "\"\(name)\" is no name", mend: "labels of 1 to 63 characters, 255 in all, apart by dots")
    }
    self.names.records.append(record)
  }

  /// Listens at one more address.
  mutating func listen(at address: String, _ line: SourceLine) throws(FixtureError) {
    try check(address, at: line)
    furtherAddresses.append(address)
  }

  private func check(_ address: String, at line: SourceLine) throws(FixtureError) {
    guard addressBytes(address) == nil else { return }
    throw line.error("\"\(address)\" is no address", mend: "write it in numbers: 127.0.0.2, ::1")
  }
}
