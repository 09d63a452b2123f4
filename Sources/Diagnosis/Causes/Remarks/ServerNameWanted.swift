import SessionTrace

extension CauseID {
  package static let serverNameWanted = CauseID(rawValue: "server-name-wanted")
}

extension CatalogueRemark {
  static let serverNameWanted = CatalogueRemark(
    id: .serverNameWanted,
    text: """
      The server wants a name in the ClientHello, and there was none. It says so by the alert \
      unrecognized_name: it has certificates for names alone, and none for whoever gives no name \
      (strict SNI, as balancers have it). An address in numbers cannot be sent as a name (RFC 6066 \
      section 3): take the host's name for a target, or --tls-sni. Postfix sends a name with \
      smtp_tls_servername = hostname, Exim with tls_sni = $host in the smtp transport. The \
      receiver needs a default certificate, since many senders give no name.
      """,
    causes: [.tlsLegacyIntolerance],
    rules: [.nameless])
}

extension CauseRule {
  fileprivate static let nameless = CauseRule(
    fits: {
      $0.failsInHandshake && $0.serverName == nil && $0.tlsFailure?.alert == "unrecognized_name"
    },
    requires: [.alertMindsName, Criterion.goes { $0.nameInGreeting }.neverAgainst],
    best: .confirmed,
    decider: "--tls-sni with the name by which senders know the server")
}

extension Control {
  /// The name that the server greets with.
  fileprivate var nameInGreeting: Variation? {
    guard let word = trace.replies.first?.lines.first?.split(separator: " ").first,
      word.contains("."), word.allSatisfy({ $0.isLetter || $0.isNumber || "-.".contains($0) })
    else { return nil }
    return NumericAddress(String(word)) == nil ? .serverName(String(word)) : nil
  }
}

extension Criterion {
  fileprivate static let alertMindsName = seen(
    "the server ends the handshake with the alert unrecognized_name, and the ClientHello named none",
    not: "", { _ in true })
}
