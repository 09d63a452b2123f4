import SessionOptions
import SessionTrace

/// TLS: whether, how old, and in what pieces.
extension Variation {
  package static let tlsOff = Variation(
    name: "tls", value: "off", phrase: "in clear text (--tls off)",
    remedy: .tlsGarbageAfter220,
    obstacle: { trace, _ in
      let refusal = decisiveRefusal(in: trace).map { trace.replies[$0.reply] }
      // RFC 3207 section 4: what a server answers that wants STARTTLS first.
      return refusal?.code == 530 ? "the server wants TLS (530)" : nil
    },
    apply: { (options, control) throws(Obstacle) in
      if control.trace.options["tls"] == .text(TLSMode.implicit.rawValue) {
        throw Obstacle("the port speaks nothing but TLS")
      }
      options.tls = .off
    })

  /// TLS as senders use it by themselves.
  static let tlsWhereOffered = Variation(
    name: "tls", value: "auto", phrase: "under TLS where it is offered (--tls auto)",
    apply: { options, _ in options.tls = .auto })

  /// The ClientHello is the first thing said.
  package static let tlsImplicit = Variation(
    name: "tls", value: "implicit", phrase: "under TLS from the first byte (--tls implicit)",
    remedy: .implicitTlsPort,
    apply: { options, _ in options.tls = .implicit })

  /// Everything old that the library still can, and no server name.
  package static let tlsLenient = Variation(
    name: "tls_priority", value: "legacy", phrase: "with old versions and ciphers allowed",
    remedy: .tlsLegacyIntolerance,
    // Every version and cipher that GnuTLS still has.
    apply: { options, _ in options.tlsPriority = "LEGACY:+VERS-ALL:%COMPAT" })

  /// TLS 1.2 and nothing later, in a ClientHello as long as the control's.
  package static let tls12 = Variation(
    name: "tls_priority", value: "TLS 1.2", phrase: "with TLS 1.2 (--tls-priority)",
    remedy: .tls13MiddleboxVersion,
    apply: { (options, control) throws(Obstacle) in
      try options.needTLS()
      options.tlsPriority = "NORMAL:-VERS-ALL:+VERS-TLS1.2"
      options.clienthelloSize = control.helloSize
    })

  /// A ClientHello as long as the control's that names no server.
  package static let noServerName = Variation(
    name: "tls_sni", value: "none", phrase: "without a server name in the ClientHello",
    controlValue: { $0.serverName ?? "none" },
    apply: { (options, control) throws(Obstacle) in
      try options.needTLS()
      options.tlsSNI = ""
      options.clienthelloSize = control.helloSize
    })

  /// A ClientHello that names that server.
  static func serverName(_ name: String) -> Variation {
    Variation(
      name: "tls_sni", value: name, phrase: "naming \(name) in the ClientHello (--tls-sni)",
      controlValue: { $0.serverName ?? "none" },
      apply: { (options, _) throws(Obstacle) in
        try options.needTLS()
        options.tlsSNI = unescapedText(name)
      })
  }

  /// The server's certificate is looked at and not insisted on.
  package static let tlsUnverified = Variation(
    name: "tls_verify", value: "off", phrase: "whatever its certificate (without --tls-verify)",
    apply: { options, _ in
      if options.tlsVerify, options.tls == .auto { options.tls = .require }
      options.tlsVerify = false
    })

  /// As a sender does that knows nothing of policies.
  package static let withoutMTASTS = Variation(
    name: "mta_sts", value: "off", phrase: "whatever the policy (without --mta-sts)",
    apply: { options, _ in options.mtaSTS = false })

  /// Bytes of a ClientHello that every path takes in one segment.
  package static let smallHello = 600

  /// A ClientHello of so many bytes in one segment.
  package static func helloSize(_ size: Int) -> Variation {
    Variation(
      name: "clienthello_size", value: String(size),
      phrase: "with a ClientHello of \(size) bytes", remedy: .clienthelloMultisegment,
      controlValue: { $0.helloSize.map(String.init) ?? "none" },
      apply: { (options, _) throws(Obstacle) in
        try options.needTLS()
        options.clienthelloSize = size
      })
  }

  /// A small ClientHello, which fits one segment, in two.
  package static let helloCut = Variation(
    name: "clienthello_split", value: "in two",
    phrase: "with a ClientHello of \(smallHello) bytes in two segments",
    controlValue: { _ in "as it comes" }, obstacle: { trace, _ in trace.unplannedPieces },
    apply: { (options, control) throws(Obstacle) in
      try options.needTLS()
      options.clienthelloSize = smallHello
      options.cut(.sizes([.bytes(200), .rest]), beside: control)
      options.splitStage = .tls
    })

  /// What follows the handshake leaves in a segment of its own.
  package static let finishedAlone = Variation(
    name: "finished", value: "alone", phrase: "with Finished in a segment of its own",
    controlValue: { _ in "as it comes" },
    apply: { (options, control) throws(Obstacle) in
      try options.needTLS()
      // Longer than any handshake: a plan alone keeps what follows apart.
      options.cut(.sizes([.bytes(60_000)]), beside: control)
      options.splitStage = .tls
    })

  /// TLS records of so many bytes of text at most.
  package static func recordSize(_ size: Int) -> Variation {
    Variation(
      name: "tls_record_size", value: String(size),
      phrase: "with TLS records of \(size) bytes at most (--tls-record-size \(size))",
      apply: { (options, _) throws(Obstacle) in
        try options.needTLS()
        options.tlsRecordSize = size
      })
  }
}

extension SessionOptions {
  fileprivate func needTLS() throws(Obstacle) {
    if tls == .off { throw Obstacle("TLS is off") }
  }
}

extension Control {
  /// The name that the ClientHello has; `nil` where it has none.
  var serverName: String? {
    let name = trace.optionText("tls_sni") ?? trace.target.host
    // SNI carries names only (RFC 6066 section 3).
    return NumericAddress(name) == nil ? name : nil
  }

  /// `nil` where there is no name to leave out.
  var withoutServerName: Variation? { serverName.map { _ in .noServerName } }
}
