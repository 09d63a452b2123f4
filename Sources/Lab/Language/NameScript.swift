/// The names a fixture knows, and what its name server says of them.
package struct NameScript: Sendable, Equatable {
  /// The mail domain that the runs are about; `nil` when they go straight to the server.
  package var domain: String?
  package var records: [NameRecord] = []
  /// Who answers by HTTPS; `nil` where nobody does.
  package var webHost: WebHost?

  package init() {}

  /// Whether nobody would have anything to ask.
  var isEmpty: Bool { domain == nil && records.isEmpty }
}

/// A host that is asked by HTTPS, as for a policy of MTA-STS, and has one answer to everything.
package struct WebHost: Sendable, Equatable {
  package enum Manner: Sendable, Equatable {
    /// Says this, bytes as they are, and takes leave.
    case says([UInt8])
    /// Says it again and again.
    case saysWithoutEnd([UInt8])
    /// Says nothing behind the handshake.
    case isSilent
  }

  /// What its certificate is for.
  package var name: String
  package var manner: Manner
}

/// What the name server says of a name, one line of a zone.
package struct NameRecord: Sendable, Equatable {
  /// An answer, or the lack of one.
  package enum Content: Sendable, Equatable {
    /// A mail exchanger; `.` for a domain that takes no mail (RFC 7505).
    case exchanger(preference: Int, host: String)
    /// An A or AAAA record, in numbers.
    case address(String)
    case alias(String)
    /// A TXT record.
    case text([UInt8])
    /// SERVFAIL, whatever is asked of this name.
    case failure
    /// No answer at all.
    case silence
  }

  /// Lower-case, without a dot at its end.
  package var name: String
  package var content: Content

  package init(name: String, content: Content) {
    self.name = nameInFull(name)
    self.content = content
  }

  /// Whether another line says the same sort of thing of the same name, so that only one can hold.
  fileprivate func concerns(_ other: NameRecord) -> Bool {
    guard name == other.name else { return false }
    switch (content, other.content) {
    case (.exchanger, .exchanger), (.address, .address), (.text, .text): return true
    case (.exchanger, .address), (.address, .exchanger), (.exchanger, .text), (.text, .exchanger),
      (.address, .text), (.text, .address):
      return false
    // Nothing else stands beside an alias, a failure or silence.
    case (.alias, _), (.failure, _), (.silence, _), (_, .alias), (_, .failure), (_, .silence):
      return true
    }
  }
}

extension [NameRecord] {
  /// These lines, and those of an earlier section of which they do not speak.
  func overruling(_ earlier: [NameRecord]) -> [NameRecord] {
    earlier.filter { record in !contains { $0.concerns(record) } } + self
  }
}

/// A name as it is compared: lower-case, without the dot of the root.
func nameInFull(_ name: String) -> String {
  let lower = name.lowercased()
  return lower.hasSuffix(".") && lower != "." ? String(lower.dropLast()) : lower
}

/// The words for names, among the settings: lines of a zone, and where to listen for whom they lead to.
let namePhrases: [Phrase<Setting>] = [
  Phrase("mail for NAME") { .mailDomain($0.names[0]) },
  Phrase("DNS NAME MX N NAME") {
    .nameRecord(
      NameRecord(
        name: $0.names[0],
        content: .exchanger(preference: $0.numbers[0], host: nameInFull($0.names[1]))))
  },
  Phrase("DNS NAME A/AAAA NAME") {
    .nameRecord(NameRecord(name: $0.names[0], content: .address($0.names[1])))
  },
  Phrase("DNS NAME CNAME NAME") {
    .nameRecord(NameRecord(name: $0.names[0], content: .alias(nameInFull($0.names[1]))))
  },
  Phrase("DNS NAME TXT TEXT") {
    .nameRecord(NameRecord(name: $0.names[0], content: .text($0.texts[0])))
  },
  Phrase("HTTPS NAME says TEXT") {
    .webHost(WebHost(name: nameInFull($0.names[0]), manner: .says($0.texts[0])))
  },
  Phrase("HTTPS NAME says without end TEXT") {
    .webHost(WebHost(name: nameInFull($0.names[0]), manner: .saysWithoutEnd($0.texts[0])))
  },
  Phrase("HTTPS NAME stays silent") {
    .webHost(WebHost(name: nameInFull($0.names[0]), manner: .isSilent))
  },
  Phrase("DNS NAME fails") { .nameRecord(NameRecord(name: $0.names[0], content: .failure)) },
  Phrase("DNS NAME stays silent") { .nameRecord(NameRecord(name: $0.names[0], content: .silence)) },
  Phrase("listen at NAME") { .listen($0.names[0]) },
]
