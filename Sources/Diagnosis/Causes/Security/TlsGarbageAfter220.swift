import SessionTrace

extension CauseID {
  package static let tlsGarbageAfter220 = CauseID(rawValue: "tls-garbage-after-220")
}

extension Cause {
  static let tlsGarbageAfter220 = Cause(
    id: .tlsGarbageAfter220, code: "H4",
    title: "220 to STARTTLS, and then no TLS",
    mechanism: """
      A proxy passes the verb and not the handshake, the server has no certificate or no entropy, \
      or its TLS process has died. What comes instead is clear text, a 4xx, garbage, or nothing \
      at all. Many clients have no time limit here and hang.
      """,
    symptoms: """
      A first byte from the server that is neither 0x16 nor 0x15, a 454, or silence after the \
      hello.
      """,
    experiment: """
      Port 465 of the same server, and --tls off: both show whether SMTP itself is well.
      """,
    remedies: Remedies(
      exim: [
        .setting(
          "hosts_avoid_tls = <host>",
          "Or leave tls_tempfail_tryclear at true: it goes on in clear after a temporary failure.")
      ],
      postfix: [
        .setting(
          "smtp_tls_policy_maps = inline:{<domain>=none}",
          "Indexed by the next-hop domain; only where clear text is acceptable.")
      ],
      receiver: [
        .advice("Do not offer STARTTLS while TLS cannot work.")
      ]),
    sources: [
      "RFC 3207 section 4",
      "Broadcom knowledge base 161039",
    ],
    twins: [
      .starttlsStripped, .clienthelloMultisegment, .clienthello256511, .starttlsLeftoverInput,
    ],
    rules: [.garbage, .clearTextUnderTLS])
}

extension CauseRule {
  fileprivate static let garbage = CauseRule(
    fits: {
      $0.group == .security && $0.tlsFailure?.alert == nil && !$0.distrustsCertificate
        && !$0.saysClearTextBehindTLS
    },
    requires: [
      Criterion.goes(with: .tlsOff).idleUnless { $0.trace.options["tls"] != .text("implicit") },
      .stays { $0.isCut ? .uncut : nil }, .stays(with: .helloSize(Variation.smallHello)),
      .stays { $0.status == .stalled ? .helloSize(240) : nil }, .noLegacy,
      Criterion.stays { $0.stage == .tls ? .tls12 : nil }.asFarAsTold.onlyAgainst,
      Criterion.stays { $0.stage == .tls ? $0.withoutServerName : nil }.asFarAsTold.onlyAgainst,
    ],
    confirms: [
      .seen("what came was no TLS record", not: "nothing came that could be looked at") {
        $0.tlsFailure?.firstBytes != nil
      }
    ],
    best: .confirmed)
}

extension CauseRule {
  /// The same behind a handshake that succeeded: somebody writes to the connection past TLS, in the place of the
  /// reply to the first EHLO there, or later.
  fileprivate static let clearTextUnderTLS = CauseRule(
    fits: {
      $0.status == .tlsFailed && ($0.group > .security || $0.stage == .ehlo)
        && $0.tlsFailure?.alert == nil && !$0.saysClearTextBehindTLS
    },
    requires: [
      .goes(with: .tlsOff), Criterion.stays(with: .tls12).asFarAsTold.onlyAgainst,
      .stays { $0.isCut ? .uncut : nil },
    ],
    decider: "a capture here: what comes in the place of the TLS record that cannot be read")
}

extension Criterion {
  /// No alert that old versions and ciphers would cure.
  fileprivate static let noLegacy = Criterion.stays { control in
    control.status == .tlsFailed ? .tlsLenient : nil
  }
}
