import SessionTrace

extension CauseID {
  package static let clienthelloMultisegment = CauseID(rawValue: "clienthello-multisegment")
}

extension Cause {
  static let clienthelloMultisegment = Cause(
    id: .clienthelloMultisegment, code: "H1",
    title: "A ClientHello in more than one segment is dropped, reset or never answered",
    mechanism: """
      A server calls read once and takes what it got for the whole ClientHello, or a device in \
      between looks for the server name in the first segment only. Post-quantum key shares made \
      it common: X25519MLKEM768 adds 1216 bytes, and the hello no longer fits one segment. \
      Postfix 3.11 delays that key share because some SMTP servers cannot take a large hello.
      """,
    symptoms: """
      Silence, a reset or a decode_error alert right after the 220 to STARTTLS, with the hello \
      acknowledged.
      """,
    experiment: """
      A small hello cut in two (--split-stage tls --split 100) fails as well: it is segmentation. \
      If only a large hello fails, exclude the path with --mss 1000 before blaming the server.
      """,
    remedies: Remedies(
      exim: [
        .setting(
          "tls_require_ciphers = NORMAL:-GROUP-X25519-MLKEM768",
          """
          In the smtp transport, with GnuTLS 3.8.8 or later; hosts_avoid_tls = <host> is the last \
          resort.
          """)
      ],
      postfix: [
        .setting("tls_eecdh_auto_curves = X25519, prime256v1", "Leaves the large key share out.")
      ],
      receiver: [
        .advice("Read until the TLS record is complete; update the device.")
      ]),
    sources: [
      "tldr.fail",
      "Postfix RELEASE_NOTES 3.11; postconf(5), tls_eecdh_auto_curves",
    ],
    twins: [.pmtuBlackholeForward, .pmtuBlackholeReverse],
    number: .clienthelloSize, rules: [.helloSegments])
}

extension CauseRule {
  fileprivate static let helloSegments = CauseRule(
    // A peer that gives up after the first piece leaves the others with us.
    fits: { $0.stage == .tls && ($0.helloSegments > 1 || $0.isCut) },
    // Segments of another size are several as well; a path that loses large ones takes them.
    requires: [.goes { $0.wholeHello }, .stays { .segmentSize($0.smallSegment) }],
    // A small hello that passes in two segments shows a limit of its size.
    confirms: [.stays(with: .helloCut), .stays { .patience($0.longPatience) }],
    best: .confirmed)
}

extension Control {
  /// Segments that the ClientHello left in.
  fileprivate var helloSegments: Int {
    guard let hello = trace.commands.first(where: { $0.text.contains("ClientHello") }) else {
      return 0
    }
    let pieces = trace.segments.kept.filter { $0.offset < hello.end && $0.offset >= hello.start }
    return pieces.reduce(0) { $0 + ($1.length + segmentSize - 1) / segmentSize }
  }

  /// The hello in one segment: not cut where the user cut it, else of a size that fits.
  fileprivate var wholeHello: Variation? { isCut ? .uncut : .helloSize(Variation.smallHello) }
}
