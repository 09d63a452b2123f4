import SessionTrace

extension CauseID {
  package static let tlsDemanded = CauseID(rawValue: "tls-demanded")
}

extension CatalogueRemark {
  static let tlsDemanded = CatalogueRemark(
    id: .tlsDemanded,
    text: """
      The server says that it takes mail under TLS alone, and the session was in clear text. RFC \
      3207 section 4 has 530 for it. On port 25 of a public exchanger it must not ask for that, \
      and some do. Postfix has smtp_tls_security_level = may or encrypt, Exim hosts_require_tls.
      """,
    causes: [.starttlsStripped],
    rules: [.clearText, .withoutTLS])
}

extension CauseRule {
  /// A remark of the catalogue's: the server says what it is. Where TLS was switched off, switching it on proves it.
  fileprivate static let clearText = CauseRule(
    fits: { $0.lacksTLS && $0.isTLSOff && $0.status == .rejected },
    requires: [.tlsIsWanted, Criterion.goes(with: .tlsWhereOffered).neverAgainst],
    best: .confirmed,
    decider: "whether STARTTLS is offered, to us and behind whatever stands in front")

  /// The same where TLS was wanted and was not to be had, or where the server asks for patience.
  fileprivate static let withoutTLS = CauseRule(
    fits: { $0.lacksTLS && !($0.isTLSOff && $0.status == .rejected) },
    requires: [.tlsIsWanted],
    decider: "whether STARTTLS is offered, to us and behind whatever stands in front")
}

extension Control {
  fileprivate var lacksTLS: Bool { isRefused(for: .encryption) && !isUnderTLS }
  fileprivate var isTLSOff: Bool { trace.options["tls"] == .text("off") }
}

extension Criterion {
  fileprivate static let tlsIsWanted = said("it takes mail under TLS alone")
}
