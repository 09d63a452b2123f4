extension CauseID {
  package static let tls13MiddleboxVersion = CauseID(rawValue: "tls13-middlebox-version")
}

extension Cause {
  static let tls13MiddleboxVersion = Cause(
    id: .tls13MiddleboxVersion, code: "H12",
    title: "A device in between breaks TLS 1.3",
    mechanism: """
      A device that inspects TLS insists on version 1.2, or loses the second ClientHello \
      behind HelloRetryRequest.
      """,
    symptoms: """
      A stall or an alert in the handshake; with TLS 1.2 it passes.
      """,
    experiment: """
      --tls-priority NORMAL:-VERS-TLS1.3 passes.
      """,
    remedies: Remedies(
      exim: [
        .setting(
          "tls_require_ciphers = NORMAL:-VERS-TLS1.3",
          "In the smtp transport, with GnuTLS, for this host.")
      ],
      postfix: [
        .setting(
          "smtp_tls_policy_maps = inline:{{<domain>=may protocols=<=TLSv1.2}}",
          "Indexed by the next-hop domain; Postfix 3.6 and later write versions so.")
      ],
      receiver: [
        .advice(
          """
          Update the device, or take it out of the way of port 25.
          """)
      ]),
    sources: [
      "RFC 8446 appendix D"
    ],
    twins: [.tlsLegacyIntolerance],
    rules: [.laterVersion])
}

extension CauseRule {
  /// The variant's ClientHello is as long, so that its size is no reason.
  fileprivate static let laterVersion = CauseRule(
    fits: { $0.failsInHandshake },
    requires: [
      .goes(with: .tls12), .stays(with: .helloSize(Variation.smallHello)),
      .stays { .segmentSize($0.smallSegment) }, .stays { $0.withoutServerName },
      Criterion.stays(with: .tlsLenient).inPassing,
    ],
    best: .confirmed)
}
