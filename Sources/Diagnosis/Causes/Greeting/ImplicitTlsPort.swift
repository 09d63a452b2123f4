import SessionTrace

extension CauseID {
  package static let implicitTlsPort = CauseID(rawValue: "implicit-tls-port")
}

extension Cause {
  static let implicitTlsPort = Cause(
    id: .implicitTlsPort, code: "D15",
    alsoCalled: [
      "SMTPS", "implicit TLS", "SSL", "port 465", "wrapper mode", "wrong version number",
    ],
    title: "The port speaks TLS from the first byte, and the client awaits 220",
    mechanism: """
      On such a port the client speaks first, with its ClientHello. A client that waits for 220 and a \
      server that waits for the handshake both wait, until one of them has had enough. It need not be \
      port 465: a service that ends TLS in front of the server does the same on any port.
      """,
    symptoms: """
      Connected at once, and no greeting, ever; or the end of the connection after a round time. \
      Whoever types something by hand gets seven bytes that begin 15 03, a TLS alert, or is dropped.
      """,
    experiment: """
      --tls implicit, which begins with the ClientHello: the handshake is done, and the greeting comes \
      under TLS.
      """,
    remedies: Remedies(
      exim: [.setting("protocol = smtps", "On the smtp transport that delivers there.")],
      postfix: [
        .setting(
          "smtp_tls_wrappermode = yes",
          "With smtp_tls_security_level = encrypt, for the transport that delivers there.")
      ],
      receiver: [
        .advice(
          """
          Offer STARTTLS on the port that MX records lead to, and keep TLS from the first byte for 465; \
          no balancer in front of port 25 ends TLS.
          """)
      ]),
    sources: [
      "RFC 8314 sections 3.3 and 7.3", "KumoMTA issue 196",
      "Postfix TLS_README, smtp_tls_wrappermode; Exim specification, smtp transport, protocol",
    ],
    twins: [.waitsForClientFirst, .proxyHeaderExpected],
    rules: [.waitsForHandshake])
}

extension CauseRule {
  fileprivate static let waitsForHandshake = CauseRule(
    fits: {
      $0.hasNotBeenGreeted && !$0.talksEarly && $0.trace.options["tls"] != .text("implicit")
    },
    requires: [.goes(with: .tlsImplicit), .greetsUnderTLS],
    best: .confirmed)
}

extension Criterion {
  /// A handshake alone is not enough: the greeting has to come.
  fileprivate static let greetsUnderTLS = shown(with: { _ in .tlsImplicit }) { _, trace in
    guard trace.tls != nil else {
      return .no("a ClientHello in the place of silence brings no TLS")
    }
    return trace.isGreeted ? .yes("under TLS from the first byte we are greeted") : .unknown
  }
}
