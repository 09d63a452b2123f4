import SessionTrace

extension CauseID {
  package static let tlsLegacyIntolerance = CauseID(rawValue: "tls-legacy-intolerance")
}

extension Cause {
  static let tlsLegacyIntolerance = Cause(
    id: .tlsLegacyIntolerance, code: "H7",
    alsoCalled: [
      "TLS 1.0", "TLSv1", "SSLv3", "no shared cipher", "handshake failure", "protocol version",
    ],
    title: "No common version, cipher or key size",
    mechanism: """
      One side is old or strict: a Diffie-Hellman prime below the client's minimum, no shared \
      cipher, a protocol version that was switched off, a certificate that a verifying client \
      does not take.
      """,
    symptoms: "A prompt fatal alert, or an error of our own library, with a name.",
    experiment: """
      --tls-priority with an older version or more ciphers; without a server name. The alert says \
      which way to look.
      """,
    remedies: Remedies(
      exim: [
        .setting(
          "tls_dh_min_bits = 1024",
          "In the smtp transport; or tls_require_ciphers for this host.")
      ],
      postfix: [
        .setting(
          "smtp_tls_policy_maps = inline:{<domain>=may}",
          "Opportunistic, with ciphers= and protocols= as needed.")
      ],
      receiver: [
        .advice("Newer software, a larger DH group, a valid certificate.")
      ]),
    sources: [
      "RFC 8996; Exim specification, tls_dh_min_bits",
      "michael-prokop.at 2023-09-25, no shared cipher",
    ],
    twins: [.tlsGarbageAfter220, .tls13LateClientCertError],
    rules: [.legacy, .certificate, .serverName, .noAgreement])
}

extension CauseRule {
  fileprivate static let legacy = CauseRule(
    fits: {
      $0.status == .tlsFailed && $0.stage == .tls && $0.tlsFailure?.name != "not_offered"
        && !$0.distrustsCertificate
    },
    requires: [.goes(with: .tlsLenient)],
    // What is offered decides the size of the hello too.
    confirms: [.stays(with: .helloSize(Variation.smallHello))],
    best: .confirmed)

  /// The same entry: a certificate that we were told to verify, and cannot.
  fileprivate static let certificate = CauseRule(
    fits: { $0.distrustsCertificate && $0.trace.options["tls_verify"] == .flag(true) },
    requires: [.goes(with: .tlsUnverified)],
    best: .confirmed)
}

extension CauseRule {
  /// The same entry: a name in the ClientHello that the server, or a filter, does not take. The variant's is
  /// as long.
  fileprivate static let serverName = CauseRule(
    fits: { $0.failsInHandshake && $0.serverName != nil },
    requires: [
      .goes(with: .noServerName), .stays(with: .helloSize(Variation.smallHello)),
      .stays { .segmentSize($0.smallSegment) }, .stays(with: .tls12),
    ],
    best: .confirmed)
}

extension CauseRule {
  /// The server says that it finds nothing that both sides support; what we can still offer does not help.
  fileprivate static let noAgreement = CauseRule(
    fits: {
      $0.status == .tlsFailed && $0.stage == .tls && $0.alertOfNoAgreement != nil
        && !$0.failsOverOwnCertificate
    },
    requires: [
      .alertSaysNoAgreement, Criterion.stays(with: .tlsLenient).asFarAsTold.onlyAgainst,
      Criterion.stays { $0.withoutServerName }.asFarAsTold.onlyAgainst,
    ],
    decider:
      "the server's TLS log: which version, cipher, key or certificate it found nothing in common in"
  )
}

extension Control {
  /// The server's alert, where it means that the two sides have nothing in common (RFC 8446 section 6.2).
  fileprivate var alertOfNoAgreement: String? {
    tlsFailure?.alert.flatMap { alert in
      ["handshake_failure", "protocol_version", "insufficient_security"].contains(alert)
        ? alert : nil
    }
  }
}

extension Criterion {
  fileprivate static let alertSaysNoAgreement = Criterion(variations: { _ in [] }) { evidence in
    guard let alert = evidence.control.alertOfNoAgreement else { return .unknown }
    return .yes(
      "the server ends the handshake with the alert \(alert): it finds nothing that both sides support"
    )
  }
}
