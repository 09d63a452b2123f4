import SessionTrace

/// A change that a setting makes to a server; its line is there for errors.
typealias Setting = @Sendable (inout ServerScript, SourceLine) throws(FixtureError) -> Void

/// What a line of `Server:` or `Fault:` without `C:`, `S:` or `M:` may say.
let settingPhrases: [Phrase<Setting>] = [
  setting("name NAME") { $0.name = $1.names[0] },
  setting("offer REST") { script, found in
    let keyword = found.names[0].split(separator: " ").first ?? ""
    script.capabilities.removeAll { isCapability($0, keyword) }
    script.capabilities.append(found.names[0])
  },
  setting("do not offer NAME") { script, found in
    script.capabilities.removeAll { isCapability($0, found.names[0]) }
  },
  setting("implicit TLS") { script, _ in script.isImplicitTLS = true },
  setting("TLS priority TEXT") {
    $0.tlsPriority = String(decoding: $1.texts[0], as: UTF8.self)
  },
  setting("certificate for NAME") { $0.certificate.name = $1.names[0] },
  setting("certificate expired") { script, _ in script.certificate.validity = .expired },
  setting("certificate not yet valid") { script, _ in
    script.certificate.validity = .notYetValid
  },
  setting("certificate with RSA key") { script, _ in script.certificate.isRSA = true },
  setting("certificate longer by N bytes") { $0.certificate.padding = $1.numbers[0] },
  setting("Nagle on") { script, _ in script.usesNagle = true },
  setting("delay acknowledgements") { script, _ in script.delaysAcknowledgements = true },
  setting("receive buffer N bytes") { $0.receiveBuffer = $1.numbers[0] },
  setting("each reply in a segment of its own") { script, _ in script.flushesEachReply = true },
  Phrase("every reply REST") { found in
    { (script: inout ServerScript, line: SourceLine) throws(FixtureError) in
      script.shapes.append(
        try interpret(line.with(text: found.names[0]), as: "shape of a reply", by: shapePhrases))
    }
  },
]

private func setting(
  _ pattern: String,
  _ change: @escaping @Sendable (inout ServerScript, PhraseArguments) -> Void
) -> Phrase<Setting> {
  Phrase(pattern) { found in
    { (script: inout ServerScript, _: SourceLine) throws(FixtureError) in change(&script, found) }
  }
}

private func isCapability(_ line: String, _ keyword: some StringProtocol) -> Bool {
  line.split(separator: " ").first.map { $0.uppercased() == keyword.uppercased() } ?? false
}
