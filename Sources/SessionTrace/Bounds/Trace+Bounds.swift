/// What one session may weigh, whatever the peer said and however much was sent.
///
/// Every list of a trace has a bound, and so has every text; what is left out stands in ``Trace/omitted``,
/// or behind the text. The command line is the user's own and stays whole, so that a session can be repeated.
extension Trace {
  /// Puts all of it within bounds; what is within them stays as it is.
  ///
  /// A session does so before anybody judges it, and whoever reads a report that may come from elsewhere,
  /// so that the two are judged alike.
  package mutating func bound() {
    for index in commands.indices where !hasReply(commands[index].reply) {
      commands[index].reply = nil
    }
    omitted = omitted.map { Array($0.prefix(4 * DialogueFold.most)) }
    foldDialogue()
    boundReplies()
    for index in commands.indices { commands[index].text = boundedText(commands[index].text) }
    boundSnapshots(to: Self.mostSnapshots)
    keepEnds(of: \.stages, .stages, most: 512)
    keepEnds(of: \.attempts, .attempts, most: 512)
    keepEnds(of: \.violations, .violations, most: 1_024)
    keepEnds(of: \.pathErrors, .pathErrors, most: 256)
    keepEnds(of: \.capabilities, .capabilities, most: 1_024)
    keepEnds(of: \.notes, .notes, most: 512)
    if var lookups = failedLookups {
      keepEnds(of: &lookups, .failedLookups, most: 256)
      failedLookups = lookups
    }
    if var policies = tlsPolicies {
      keepEnds(of: &policies, .tlsPolicies, most: 256)
      for index in policies.indices { policies[index].shorten() }
      tlsPolicies = policies
    }
    if let parts = envelope?.parts { envelope?.parts = parts.bounded }
    boundTexts()
    boundCertificates()
  }

  /// The most looks at the kernel's facts that are kept.
  package static let mostSnapshots = 256

  /// Drops looks from the middle until there are half as many, where there are more than `most`.
  package mutating func boundSnapshots(to most: Int) {
    keepEnds(of: \.snapshots, .snapshots, most: most, to: most / 2)
  }

  /// Whether that is the index of a reply, or none.
  private func hasReply(_ index: Int?) -> Bool { index.map(replies.indices.contains) ?? true }

  private mutating func boundReplies() {
    var room = ReplyRecord.Room()
    for index in replies.indices { boundReply(at: index, &room) }
  }

  /// Puts one reply within the room that those before it have left.
  private mutating func boundReply(at index: Int, _ room: inout ReplyRecord.Room) {
    for one in replies[index].bound(to: room, at: index) { leaveOut(one) }
    room.take(replies[index])
  }

  /// Adds a reply that came, as much of it as there is room for.
  package mutating func append(_ reply: ReplyRecord, within room: inout ReplyRecord.Room) {
    replies.append(reply)
    boundReply(at: replies.count - 1, &room)
  }

  private mutating func keepEnds<Element>(
    of path: WritableKeyPath<Trace, [Element]>, _ list: OmissionRecord.List, most: Int,
    to kept: Int? = nil
  ) {
    guard self[keyPath: path].count > most else { return }
    var elements = self[keyPath: path]
    keepEnds(of: &elements, list, most: most, to: kept)
    self[keyPath: path] = elements
  }

  private mutating func keepEnds<Element>(
    of elements: inout [Element], _ list: OmissionRecord.List, most: Int, to kept: Int? = nil
  ) {
    guard elements.count > most else { return }
    let half = (kept ?? most) / 2
    let dropped = half..<(elements.count - half)
    elements.removeSubrange(dropped)
    leaveOut(OmissionRecord(list: list, behind: half - 1, number: dropped.count))
  }

  private mutating func boundTexts() {
    for index in violations.indices { shorten(&violations[index].bytes) }
    for index in capabilities.indices { shorten(&capabilities[index]) }
    for index in notes.indices { shorten(&notes[index]) }
    for index in attempts.indices {
      shorten(&attempts[index].address)
      shorten(&attempts[index].failureOrigin)
      shorten(&attempts[index].failure)
    }
    for index in pathErrors.indices {
      shorten(&pathErrors[index].failure)
      shorten(&pathErrors[index].reporter)
    }
    for path in [\Trace.target.given, \.target.host] { shorten(&self[keyPath: path]) }
    shorten(&target.address)
    shorten(&target.localAddress)
    if var part = partialReply {
      shorten(&part.bytes)
      partialReply = part
    }
    if var record = envelope {
      shorten(&record.sender)
      envelope = record
    }
    if var record = nudge {
      shorten(&record.text)
      nudge = record
    }
    shorten(&wireError)
    ending = ending.bounded
  }

  private mutating func boundCertificates() {
    guard var summary = tls else { return }
    keepEnds(of: &summary.certificates, .certificates, most: 16)
    for index in summary.certificates.indices { summary.certificates[index].shorten() }
    summary.verificationProblems = summary.verificationProblems.prefix(64).map { boundedText($0) }
    for path in [\TLSSummary.version, \.cipher, \.description] { shorten(&summary[keyPath: path]) }
    shorten(&summary.serverName)
    tls = summary
  }
}

private func shorten(_ text: inout String) { text = boundedText(text) }

private func shorten(_ text: inout String?) { text = text.map { boundedText($0) } }

private func shorten(_ failure: inout SystemFailure?) { failure = failure.map(\.bounded) }

private func shorten(_ failure: inout SystemFailure) { failure = failure.bounded }

extension SystemFailure {
  fileprivate var bounded: SystemFailure {
    var failure = self
    shorten(&failure.call)
    shorten(&failure.name)
    shorten(&failure.text)
    return failure
  }
}

extension Ending {
  fileprivate var bounded: Ending {
    switch self {
    case .finished, .timedOut, .endOfStream, .protocolError, .interrupted: return self
    case .failed(let failure): return .failed(failure.bounded)
    case .unreachable(let failure): return .unreachable(failure?.bounded)
    case .tlsFailed(var failure):
      shorten(&failure.name)
      shorten(&failure.text)
      shorten(&failure.alert)
      shorten(&failure.firstBytes)
      return .tlsFailed(failure)
    case .notAuthenticated(let reason): return .notAuthenticated(boundedText(reason))
    case .internalError(let reason): return .internalError(boundedText(reason))
    }
  }
}

extension TLSPolicyRecord {
  /// No zone needs as many records, and no policy as many lines; the last says how many there are not.
  fileprivate mutating func shorten() {
    let most = 128
    if strings.count > most + 1 {
      strings = strings.prefix(most) + ["... \(strings.count - most) more left out"]
    }
    strings = strings.map { boundedText($0, to: 512) }
    domain = boundedText(domain)
    for path in [\TLSPolicyRecord.host, \.matched, \.reason] {
      self[keyPath: path] = self[keyPath: path].map { boundedText($0) }
    }
  }
}

extension CertificateSummary {
  /// Names have a bound that no honest certificate comes near to; the last of those that remain says how
  /// many there are not.
  fileprivate mutating func shorten() {
    let most = 256
    if names.count > most + 1 {
      names = names.prefix(most) + ["... \(names.count - most) more names left out"]
    }
    names = names.map { boundedText($0, to: 512) }
    for path in [\CertificateSummary.subject, \.issuer, \.notBefore, \.notAfter, \.key] {
      self[keyPath: path] = boundedText(self[keyPath: path])
    }
  }
}
