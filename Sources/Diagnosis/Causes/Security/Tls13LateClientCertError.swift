import SessionTrace

extension CauseID {
  package static let tls13LateClientCertError = CauseID(rawValue: "tls13-late-client-cert-error")
}

extension Cause {
  static let tls13LateClientCertError = Cause(
    id: .tls13LateClientCertError, code: "H6",
    alsoCalled: ["client certificate", "mutual TLS", "mTLS"],
    title: "The server insists on a certificate of ours, or dislikes the one it got",
    mechanism: """
      A server can ask for a certificate of the client's, and end the connection over it. In TLS \
      1.3 the client has finished before the server has judged it: the handshake succeeds, and the \
      alert meets the client at its first read, in the middle of EHLO. In TLS 1.2 the same alert \
      ends the handshake.
      """,
    symptoms: """
      An alert (certificate_required, bad_certificate) at the first EHLO under TLS; with TLS 1.2 an \
      alert, often handshake_failure, behind the server's request for a certificate.
      """,
    experiment: """
      With and without a client certificate (--tls-cert); with TLS 1.2 only, the error is back in \
      the handshake.
      """,
    remedies: Remedies(
      exim: [
        .setting(
          "tls_certificate =",
          """
          In the smtp transport: send no client certificate to public servers. One that insists \
          needs tls_certificate and tls_privatekey.
          """)
      ],
      postfix: [
        .setting(
          "smtp_tls_cert_file =",
          """
          Empty is the default, and what Postfix recommends. A server that insists needs \
          smtp_tls_chain_files.
          """)
      ],
      receiver: [
        .advice("Ask for client certificates only where they are needed.")
      ]),
    sources: [
      "RFC 8446 section 4.4.2.4; RFC 5246 section 7.4.6",
      "Exim smtp.c; tls-gnu.c",
    ],
    rules: [.lateCertificate, .certificateInHandshake])
}

extension CauseRule {
  fileprivate static let lateCertificate = CauseRule(
    fits: {
      $0.isUnderTLS && $0.stage != .tls
        && ["certificate_required", "bad_certificate", "access_denied"].contains($0.alertName ?? "")
    },
    requires: [
      .seen("the handshake succeeded, and a certificate alert came after it", not: "") {
        $0.isUnderTLS
      }
    ])

  /// The same in TLS 1.2, where the server says so before the handshake is over.
  fileprivate static let certificateInHandshake = CauseRule(
    fits: \.failsOverOwnCertificate,
    requires: [
      .alertBehindRequest, Criterion.stays(with: .tlsLenient).asFarAsTold.onlyAgainst,
      Criterion.stays { $0.withoutServerName }.asFarAsTold.onlyAgainst,
    ],
    decider: """
      --tls-cert with a certificate that the server takes; or its TLS log, which says what it \
      minded
      """)
}

extension Criterion {
  fileprivate static let alertBehindRequest = Criterion(variations: { _ in [] }) { evidence in
    guard let alert = evidence.control.alertName else { return .unknown }
    let shown = evidence.control.trace.tls?.clientCertificate == .askedFor ? "got none" : "got it"
    return .yes(
      "the server asked for a certificate of ours, \(shown), and ended the handshake with the alert"
        + " \(alert)")
  }
}
