import SessionTrace

extension CauseID {
  package static let clienthello256511 = CauseID(rawValue: "clienthello-256-511")
}

extension Cause {
  static let clienthello256511 = Cause(
    id: .clienthello256511, code: "H2",
    title: "A ClientHello of 256 to 511 bytes hangs",
    mechanism: """
      Old F5 BIG-IP software took a ClientHello whose length lies between 256 and 511 for SSLv2 \
      and dropped it in silence. RFC 7685 has a padding extension for this alone.
      """,
    symptoms: "Silence after the hello, only when its length is in that band.",
    experiment: """
      The same hello padded to 512 or more (priority %DUMBFW), or shrunk below 256, is answered.
      """,
    remedies: Remedies(
      exim: [
        .setting(
          "tls_require_ciphers = NORMAL:%DUMBFW",
          "In the smtp transport, with GnuTLS. The main option gnutls_compat_mode is wider.")
      ],
      postfix: [
        .advice("Nothing to set: OpenSSL pads (SSL_OP_TLSEXT_PADDING).")
      ],
      receiver: [
        .advice("Update the load balancer.")
      ]),
    sources: [
      "RFC 7685",
      "GnuTLS lib/ext/dumbfw.c; github.com/golang/go issue 39271",
    ],
    twins: [.pmtuBlackholeReverse, .clienthelloMultisegment],
    number: .clienthelloSize, rules: [.helloBand])
}

extension CauseRule {
  fileprivate static let helloBand = CauseRule(
    fits: { $0.stage == .tls && $0.helloSize.map { (261...516).contains($0) } == true },
    requires: [.goes(with: .helloSize(Variation.smallHello)), .goes(with: .tlsOff)],
    confirms: [
      .goes(with: .helloSize(700)), .goes(with: .helloSize(240)), .stays { $0.helloInBand },
    ],
    best: .confirmed)
}

extension Control {
  /// Another size in the band from 256 to 511 bytes that a hello can have.
  fileprivate var helloInBand: Variation? {
    guard let size = helloSize else { return nil }
    return .helloSize(size <= 480 ? 500 : 450)
  }
}
