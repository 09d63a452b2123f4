/// What a line of `Server:` or `Fault:` without `C:`, `S:` or `M:` says.
enum Setting: Equatable, Sendable {
  case name(String)
  case offer(String)
  case doNotOffer(String)
  case implicitTLS
  case weakness(Weakness)
  case tlsPriority(String)
  case certificateName(String)
  case certificateValidity(CertificateScript.Validity)
  case certificateWithRSA
  case certificatePadding(Int)
  case mailDomain(String)
  case nameRecord(NameRecord)
  case webHost(WebHost)
  case listen(String)
  case nagle
  case delayedAcknowledgements
  case receiveBuffer(Int)
  case separateReplies
  case habit(Habit)
  /// The shape as it is written; it has a table of its own.
  case everyReply(String)
}

/// The words for them.
let settingPhrases: [Phrase<Setting>] =
  [
    Phrase("name NAME") { .name($0.names[0]) },
    Phrase("offer REST") { .offer($0.names[0]) },
    Phrase("do not offer NAME") { .doNotOffer($0.names[0]) },
    Phrase("implicit TLS") { _ in .implicitTLS },
    Phrase("TLS priority TEXT") { .tlsPriority(String(decoding: $0.texts[0], as: UTF8.self)) },
    Phrase("certificate for NAME") { .certificateName($0.names[0]) },
    Phrase("certificate expired") { _ in .certificateValidity(.expired) },
    Phrase("certificate not yet valid") { _ in .certificateValidity(.notYetValid) },
    Phrase("certificate with RSA key") { _ in .certificateWithRSA },
    Phrase("certificate longer by N bytes") { .certificatePadding($0.numbers[0]) },
    Phrase("Nagle on") { _ in .nagle },
    Phrase("delay acknowledgements") { _ in .delayedAcknowledgements },
    Phrase("receive buffer N bytes") { .receiveBuffer($0.numbers[0]) },
    Phrase("each reply in a segment of its own") { _ in .separateReplies },
    Phrase("every reply REST") { .everyReply($0.names[0]) },
  ] + namePhrases
  + habitPhrases.map { habit in Phrase(habit.pattern) { .habit(habit.meaning($0)) } }

extension ServerScript {
  /// Changes the server as a setting says; the line is there for errors.
  mutating func apply(_ setting: Setting, at line: SourceLine) throws(FixtureError) {
    switch setting {
    case .name(let name): self.name = name
    case .offer(let capability):
      remove(capability)
      capabilities.append(capability)
    case .doNotOffer(let keyword): remove(keyword)
    case .implicitTLS: isImplicitTLS = true
    case .weakness(let weakness): try apply(weakness, at: line)
    case .tlsPriority(let priority): tlsPriority = priority
    case .certificateName(let name): certificate.name = name
    case .certificateValidity(let validity): certificate.validity = validity
    case .certificateWithRSA: certificate.isRSA = true
    case .certificatePadding(let bytes): certificate.padding = bytes
    case .mailDomain(let domain): names.domain = nameInFull(domain)
    case .nameRecord(let record): try add(record, at: line)
    case .webHost(let host): names.webHost = host
    case .listen(let address): try listen(at: address, line)
    case .nagle: usesNagle = true
    case .delayedAcknowledgements: delaysAcknowledgements = true
    case .receiveBuffer(let bytes): receiveBuffer = bytes
    case .separateReplies: flushesEachReply = true
    case .habit(let habit): habits.append(habit)
    case .everyReply(let shape):
      shapes.append(
        try interpret(line.with(text: shape), as: "shape of a reply", by: shapePhrases))
    }
  }

  /// Withdraws the capability that begins with the same keyword.
  private mutating func remove(_ capability: String) {
    let keyword = capability.split(separator: " ").first?.uppercased()
    capabilities.removeAll { $0.split(separator: " ").first?.uppercased() == keyword }
  }
}
