import SessionTrace

extension CauseID {
  package static let daneFailure = CauseID(rawValue: "dane-failure")
}

extension Cause {
  static let daneFailure = Cause(
    id: .daneFailure, code: "I5",
    alsoCalled: ["DANE", "TLSA", "DNSSEC", "Let's Encrypt"],
    title: "DANE demands a TLS that does not verify",
    mechanism: """
      TLSA records for the exchanger make TLS mandatory and fix its key. If their lookup fails, \
      or the certificate does not match them, the mail is deferred and never sent in clear. \
      Records that were not changed with the certificate are the usual reason; name servers that \
      cannot prove that a record is absent are the other.
      """,
    symptoms: """
      Deferred before the connection (TLSA lookup failed) or after the handshake (no match), \
      while a session that does not check goes well.
      """,
    experiment: """
      smtpprobe mx:DOMAIN --dane --all looks up _25._tcp.EXCHANGER TLSA with DNSSEC for each exchanger, \
      and compares with the certificate; without --dane the session goes well.
      """,
    remedies: Remedies(
      exim: [
        .setting("hosts_try_dane = !<host>", "In the smtp transport.")
      ],
      postfix: [
        .setting(
          "smtp_tls_policy_maps = inline:{<domain>=may}",
          "Overrides DANE for this domain, for a while.")
      ],
      receiver: [
        .advice(
          """
          Publish the new TLSA record before the new certificate; mend the zone's denial of \
          existence.
          """)
      ]),
    sources: [
      "RFC 7672",
      "github.com/danefail/list; exim-dev message 12652",
    ],
    twins: [.tlsLegacyIntolerance],
    rules: [.daneFailure])
}

extension CauseRule {
  fileprivate static let daneFailure = CauseRule(
    fits: { $0.tlsFailure?.name == "dane_mismatch" || $0.resolveFailure?.isAboutDNSSEC == true },
    requires: [.failedPolicy],
    decider: "the zone's own name servers, and the certificate that the server shows to everybody: "
      + "they are the last word")
}

extension Criterion {
  /// The trace has the records and what came of them.
  fileprivate static let failedPolicy = Criterion(variations: { _ in [] }) { evidence in
    let policies = evidence.control.trace.tlsPolicies ?? []
    guard let policy = policies.last(where: { $0.kind == .tlsa && $0.whyNotKept != nil }),
      let reason = policy.whyNotKept
    else { return .unknown }
    return .yes("\(policy.host ?? policy.domain): \(reason)")
  }
}
