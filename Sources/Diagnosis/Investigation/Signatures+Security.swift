import SMTPDialogue
import SessionTrace

/// Family H: TLS.
extension Signatures {
  static let security = [
    helloBand, helloSegments, clearText, garbage, legacy, certificate, lateCertificate,
    bufferingLoss,
    recordSize,
    noCloseNotify,
  ]

  private static let helloBand = Signature(
    id: "clienthello-256-511",
    fits: { $0.stage == .tls && $0.helloSize.map { (261...516).contains($0) } == true },
    requires: [.goes(with: .helloSize(Variation.smallHello)), .goes(with: .tlsOff)],
    confirms: [
      .goes(with: .helloSize(700)), .goes(with: .helloSize(240)), .stays { $0.helloInBand },
    ],
    best: .confirmed)

  private static let helloSegments = Signature(
    id: "clienthello-multisegment",
    // A peer that gives up after the first piece leaves the others with us.
    fits: { $0.stage == .tls && ($0.helloSegments > 1 || $0.isCut) },
    // Segments of another size are several as well; a path that loses large ones takes them.
    requires: [.goes { $0.wholeHello }, .stays { .segmentSize($0.smallSegment) }],
    // A small hello that passes in two segments shows a limit of its size.
    confirms: [.stays(with: .helloCut), .stays { .patience($0.longPatience) }],
    best: .confirmed)

  private static let clearText = Signature(
    id: "starttls-leftover-input", fits: { $0.saysClearTextBehindTLS },
    requires: [
      .seen("clear text came behind the 220 to STARTTLS, where TLS had to begin", not: "") {
        $0.saysClearTextBehindTLS
      }
    ],
    decider: "a capture at the server: whether it sent those bytes, or somebody on the path")

  private static let garbage = Signature(
    id: "tls-garbage-after-220",
    fits: {
      $0.group == .security && $0.tlsFailure?.alert == nil && !$0.distrustsCertificate
        && !$0.saysClearTextBehindTLS
    },
    requires: [
      Criterion.goes(with: .tlsOff).idleUnless { $0.trace.options["tls"] != .text("implicit") },
      .stays { $0.isCut ? .uncut : nil }, .stays(with: .helloSize(Variation.smallHello)),
      .stays { $0.status == .stalled ? .helloSize(240) : nil }, .noLegacy,
    ],
    confirms: [
      .seen("what came was no TLS record", not: "nothing came that could be looked at") {
        $0.tlsFailure?.firstBytes != nil
      }
    ],
    best: .confirmed)

  private static let legacy = Signature(
    id: "tls-legacy-intolerance",
    fits: {
      $0.status == .tlsFailed && $0.stage == .tls && $0.tlsFailure?.name != "not_offered"
        && !$0.distrustsCertificate
    },
    requires: [.goes(with: .tlsLenient)],
    // What is offered decides the size of the hello too.
    confirms: [.stays(with: .helloSize(Variation.smallHello))], best: .confirmed)

  /// The same entry: a certificate that we were told to verify, and cannot.
  private static let certificate = Signature(
    id: "tls-legacy-intolerance",
    fits: { $0.distrustsCertificate && $0.trace.options["tls_verify"] == .flag(true) },
    requires: [.goes(with: .tlsUnverified)], best: .confirmed)

  private static let lateCertificate = Signature(
    id: "tls13-late-client-cert-error",
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

  private static let bufferingLoss = Signature(
    id: "tls-buffering-loss",
    fits: {
      ($0.isUnanswered || $0.isBrokenOff) && $0.isUnderTLS && $0.isPipelined
        && $0.group == .envelope
    },
    requires: [
      .goes(with: .pipeliningOff), .dataIsAnswered, .goes(with: .tlsOff), .sizeIsIdle,
      .stays { .patience($0.longPatience) }, .stays { .segmentSize($0.smallSegment) },
      .stays { $0.isCut ? .uncut : nil }, .noRefusal(with: .pipeliningOff),
    ],
    confirms: [.stays { $0.isBareEnvelope ? nil : .bareEnvelope }],
    tells: [.nudgeReleases],
    best: .confirmed)

  private static let recordSize = Signature(
    id: "tls-record-size-or-early-secret",
    fits: {
      $0.isUnderTLS && $0.failsOnMessage && !$0.isUnacknowledged && $0.smallMessage != nil
    },
    requires: [
      .notPipelining,
      .goes(with: .tlsOff), .goes(with: .messageSize(smallMessage)), .stays(with: .plainMessage),
      .stays { .patience($0.longPatience) },
    ],
    confirms: [.goes(with: .recordSize(1_024)), .stays { .segmentSize($0.smallSegment) }],
    best: .confirmed,
    decider: "the server's TLS buffers: what it does with a record of 16 kilobytes")

  private static let noCloseNotify = Signature(
    id: "tls-no-close-notify",
    fits: { $0.isUnderTLS && $0.isBrokenOff && $0.stage != .tls },
    requires: [
      .seen("the connection ended under TLS without an alert", not: "") { $0.isBrokenOff }
    ],
    decider: "the server's log of the same moment: a crash, a limit, or a device that cut the line")
}

extension Control {
  fileprivate var saysClearTextBehindTLS: Bool {
    trace.violations.contains { $0.kind == .clearTextAfterStartTLS }
  }

  /// Whether our own side ended the handshake over the certificate.
  fileprivate var distrustsCertificate: Bool {
    tlsFailure?.name.contains("CERTIFICATE_VERIFICATION") == true
  }

  var tlsFailure: TLSFailureRecord? {
    if case .tlsFailed(let failure) = trace.ending { failure } else { nil }
  }

  /// Segments that the ClientHello left in.
  var helloSegments: Int {
    guard let hello = trace.commands.first(where: { $0.text.contains("ClientHello") }) else {
      return 0
    }
    let pieces = trace.segments.kept.filter { $0.offset < hello.end && $0.offset >= hello.start }
    return pieces.reduce(0) { $0 + ($1.length + segmentSize - 1) / segmentSize }
  }

  /// Another size in the band from 256 to 511 bytes that a hello can have.
  var helloInBand: Variation? {
    guard let size = helloSize else { return nil }
    return .helloSize(size <= 480 ? 500 : 450)
  }

  /// The hello in one segment: not cut where the user cut it, else of a size that fits.
  var wholeHello: Variation? { isCut ? .uncut : .helloSize(Variation.smallHello) }
}

extension Criterion {
  /// No alert that old versions and ciphers would cure.
  fileprivate static let noLegacy = Criterion.stays { control in
    control.status == .tlsFailed ? .tlsLenient : nil
  }
}
