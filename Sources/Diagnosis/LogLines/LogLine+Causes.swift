extension LogLine {
  /// What the server's words say of its reason; `nil` where they say nothing that is known.
  package var reason: RefusalReason? {
    guard status == .rejected || status == .deferred, let reply else { return nil }
    return RefusalReason(saidIn: [reply])
  }

  /// Whether the server says that it does not know the recipient (RFC 3463 section 3.2, X.1.1).
  package var isAddressUnknown: Bool {
    guard status == .rejected || status == .deferred, let reply else { return false }
    let text = wordsOf([reply])
    return reason == .recipient || reason == nil && ["5.1.1", "4.1.1"].contains { holds(text, $0) }
  }

  /// Whether the words tell all that sessions of ours could find out: more of them find no more, and a server that
  /// counts them minds.
  var isSettled: Bool {
    switch reason {
    case .greylisting?, .connections?, .reputation?, .mailbox?, .recipient?, .relay?: true
    case .recipients?, .size?, .trouble?, .lookup?, .timeout?, .sender?, .encryption?, nil:
      isAddressUnknown
    }
  }

  /// The causes and remarks that may be behind the line, of those that end sessions so: what its words name leads,
  /// and where a reply says its reason nothing else is looked for.
  package func causes(among ending: [CauseID]) -> [CauseID] {
    if untried != nil { return [] }
    if isAddressUnknown { return [.recipientUnknown] }
    var seen: Set<CauseID> = []
    var causes: [CauseID] = named + (reason?.causes ?? [])
    if reason == nil || reason == .timeout { causes += ending }
    return causes.filter { cause in seen.insert(cause).inserted }
  }
}

extension LogLine {
  /// Whether a text has a time of day in it, as lines of logs have: `03:14:07`, or is an exception's.
  package static func looksLikeOne(_ text: String) -> Bool {
    text.contains("Error: ") || text.contains("Exception: ") || hasTimeOfDay(text)
  }

  private static func hasTimeOfDay(_ text: String) -> Bool {
    text.split(separator: " ").contains { word in
      let parts: [Substring] = word.split { ":.,TZ+".contains($0) }
      let pairs: [Substring] = parts.prefix(6).filter { part in
        part.count == 2 && part.allSatisfy { $0.isNumber }
      }
      return pairs.count >= 3 && word.split(separator: ":").count >= 3
    }
  }
}

extension RefusalReason {
  /// The causes and remarks that servers tell of in such words, the usual one first.
  fileprivate var causes: [CauseID] {
    switch self {
    case .greylisting: [.greylisting]
    case .connections: [.connectionLimit421]
    case .reputation: [.rdnsOrReputationReject, .providerDeferral]
    case .recipients: [.rcptLimit]
    case .size: [.messageTooLarge, .sizeDropNo5xx]
    case .mailbox: [.mailboxFull]
    case .trouble: [.serverTrouble]
    case .lookup: [.lookupFailed]
    case .recipient: [.recipientUnknown]
    case .relay: [.relayDenied]
    case .sender: [.senderRefused]
    case .encryption: [.tlsDemanded]
    case .timeout: []
    }
  }
}
