import SessionTrace

extension CauseID {
  package static let tls13LateClientCertError = CauseID(rawValue: "tls13-late-client-cert-error")
}

extension Cause {
  static let tls13LateClientCertError = Cause(
    id: .tls13LateClientCertError, code: "H6",
    title: "The handshake succeeds, and the first read fails",
    mechanism: """
      In TLS 1.3 the client has finished before the server has judged its certificate. A server \
      that wants one, or dislikes the one it got, says so with an alert that the client meets at \
      its first read, in the middle of EHLO.
      """,
    symptoms: "An alert (certificate_required, bad_certificate) at the first EHLO under TLS.",
    experiment: """
      With and without a client certificate; with TLS 1.2 only, the error is back in the \
      handshake.
      """,
    remedies: Remedies(
      exim: [
        .setting(
          "tls_certificate =",
          "In the smtp transport: send no client certificate to public servers.")
      ],
      postfix: [
        .setting("smtp_tls_cert_file =", "Empty is the default, and what Postfix recommends.")
      ],
      receiver: [
        .advice("Ask for client certificates only where they are needed.")
      ]),
    sources: [
      "RFC 8446 section 4.4.2.4",
      "Exim smtp.c; tls-gnu.c",
    ],
    rules: [.lateCertificate])
}

extension CauseRule {
  fileprivate static let lateCertificate = CauseRule(
    fits: {
      $0.isUnderTLS
        && ["certificate_required", "bad_certificate", "access_denied"].contains(
          $0.tlsFailure?.alert?.lowercased().replacing(" ", with: "_") ?? "")
    },
    requires: [
      .seen("the handshake succeeded, and a certificate alert came after it", not: "") {
        $0.isUnderTLS
      }
    ])
}
