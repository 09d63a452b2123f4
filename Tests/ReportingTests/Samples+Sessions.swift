import Diagnosis
import Reporting
import SessionTrace

extension Sample {
  /// Envelope accepted up to DATA, one recipient, replies in one read each.
  static let healthy: Sample = {
    var session = Session(arguments: ["mx.example.com"])
    session.connect()
    session.greet()
    session.envelope(recipients: 1, at: 95200)
    session.receive(.mail, 250, ["2.1.0 Ok"], at: 126500, wait: 31300)
    session.receive(.rcpt, 250, ["2.1.5 Ok"], at: 126500, wait: 0, inSameRead: true)
    session.receive(
      .data, 354, ["End data with <CR><LF>.<CR><LF>"], at: 126500, wait: 0, inSameRead: true)
    session.stage(.mail, 95200, 31300)
    session.stage(.rcpt, 95200, 31300)
    session.stage(.data, 95200, 31300)
    let end = session.trace.commands.last?.end ?? 0
    session.close(
      .finished, at: .data, duration: 126900,
      ledger: Ledger(written: end, sent: end, acknowledged: end, answered: end, received: 175))
    return Sample(
      "ok", session.trace,
      verdict(
        session.trace, .ok, .data, exit: 0,
        "the server took the envelope and asked for the message; none was sent"))
  }()

  /// Seed 001: 513 bytes in one segment, acknowledged, never answered.
  static let stalledAfter513: Sample = {
    var session = Session(
      arguments: ["mx.example.com", "--split", "513", "--format", "text"],
      options: ["split": .text("513")])
    session.connect()
    session.greet()
    session.envelope(
      recipients: 21, at: 95200, sender: "padding-to-513-byte@example.org")
    session.stage(.mail, 95200, nil)
    session.stage(.rcpt, 95200, nil)
    session.stage(.data, 95200, nil)
    session.trace.segments.append(
      SegmentRecord(
        offset: 24, length: 513, stage: .mail, written: 95210, sent: 95214, acknowledged: 126600,
        asPlanned: true))
    session.close(
      .timedOut(.reply), at: .mail, duration: 30_095_300, waited: 30_000_000,
      ledger: Ledger(written: 537, sent: 537, acknowledged: 537, answered: 24, received: 88))
    return Sample(
      "stalled after 513 bytes", session.trace,
      verdict(
        session.trace, .stalled, .mail, exit: 15,
        "no reply to MAIL FROM: 23 commands sent in one segment of 513 bytes, all acknowledged, none answered",
        custody: .acknowledgedUnanswered,
        pending: Pending(
          commands: 23, answered: 0,
          firstUnanswered: "MAIL FROM:<padding-to-513-byte@example.org>")))
  }()

  /// The same, and it was found out who acknowledges, and that the server behind it is well.
  static let proxied: Sample = {
    var trace = stalledAfter513.report.trace
    trace.options["nudge"] = .flag(true)
    trace.options["hops"] = .flag(true)
    trace.commands[0].isAnswered = true
    trace.nudge = NudgeRecord(
      sent: 30_095_300, acknowledged: 30_096_100, first: 30_126_500, receivedBytes: 14,
      text: "250 2.0.0 Ok\\r\\n", listened: 1_031_200)
    trace.hops = HopsRecord(
      acknowledgedAtTTL: 2, greatestTTL: 2, pathHops: 5,
      reporters: [
        HopReporter(ttl: 1, address: "198.51.100.1"), HopReporter(ttl: 3, address: "203.0.113.9"),
        HopReporter(ttl: 5, address: "192.0.2.25"),
      ])
    return Sample("acknowledged by a proxy", trace, stalledAfter513.report.verdict)
  }()

  /// Seed 004: the server closed on a large message, and its 552 waited behind the reset.
  static let resetWith552Waiting: Sample = {
    var session = Session(arguments: ["mx.example.com", "--message-size", "5000000"])
    session.connect()
    session.greet()
    session.envelope(recipients: 1, at: 95200)
    session.receive(.mail, 250, ["2.1.0 Ok"], at: 126500, wait: 31300)
    session.receive(.rcpt, 250, ["2.1.5 Ok"], at: 126500, wait: 0, inSameRead: true)
    session.receive(.data, 354, ["Go ahead"], at: 126500, wait: 0, inSameRead: true)
    session.stage(.mail, 95200, 31300)
    session.stage(.rcpt, 95200, 31300)
    session.stage(.data, 95200, 31300)
    session.stage(.body, 126600, nil)
    let start = session.trace.commands.last?.end ?? 0
    session.trace.content = ContentRecord(start: start, taken: 1_310_720)
    session.send(.body, "(content)", flight: 2, at: 126600, length: 1_310_720)
    session.receive(
      .body, 552, ["5.3.4 Message too big"], at: 1_201_000, wait: 1_074_400)
    session.trace.wireError = SystemFailure(
      call: "send", name: "EPIPE", code: 32, text: "Broken pipe")
    let reset = SystemFailure(
      call: "recv", name: "ECONNRESET", code: 104, text: "Connection reset by peer")
    session.close(
      .failed(reset), at: .body, duration: 1_201_200,
      ledger: Ledger(
        written: start + 1_310_720, sent: start + 1_250_000, acknowledged: start + 1_200_000,
        answered: start, unsent: 60720, received: 201))
    return Sample(
      "reset with 552 waiting", session.trace,
      verdict(
        session.trace, .reset, .body, exit: 28,
        "the peer reset the connection in the middle of the message; a 552 was waiting behind the reset",
        custody: .unacknowledged,
        pending: Pending(commands: 1, answered: 0, firstUnanswered: "(content)"),
        error: "ECONNRESET (recv): Connection reset by peer"))
  }()

  /// The handshake ends in an alert.
  static let tlsFailure: Sample = {
    var session = Session(
      arguments: ["mx.example.com", "--tls", "require"], options: ["tls": .text("require")])
    session.connect()
    session.greet()
    session.trace.capabilities.append("STARTTLS")
    session.stage(.starttls, 95200, 31200)
    session.send(.starttls, "STARTTLS", flight: 1, at: 95200)
    session.receive(.starttls, 220, ["Ready to start TLS"], at: 126400, wait: 31200)
    session.stage(.tls, 126500, nil)
    session.send(.tls, "(TLS ClientHello)", flight: 2, at: 126500, length: 361)
    session.close(
      .tlsFailed(
        TLSFailureRecord(
          name: "GNUTLS_E_FATAL_ALERT_RECEIVED", text: "A TLS fatal alert has been received.",
          alert: "Handshake failed")),
      at: .tls, duration: 158_000,
      ledger: Ledger(written: 395, sent: 395, acknowledged: 395, answered: 34, received: 119))
    return Sample(
      "TLS failure", session.trace,
      verdict(
        session.trace, .tlsFailed, .tls, exit: 53,
        "the server ended the TLS handshake with the alert \"Handshake failed\"",
        error: "GNUTLS_E_FATAL_ALERT_RECEIVED: A TLS fatal alert has been received."))
  }()

  /// Two addresses, two reasons.
  static let unreachable: Sample = {
    var session = Session(arguments: ["mx.example.com"])
    let refused = SystemFailure(
      call: "connect", name: "ECONNREFUSED", code: 111, text: "Connection refused")
    let timeout = SystemFailure(
      call: "connect", name: "ETIMEDOUT", code: 110, text: "Connection timed out")
    session.trace.attempts = [
      ConnectionAttempt(
        address: "2001:db8::25", port: 25, start: 900, duration: 30_000_000, failure: timeout,
        failureOrigin: "timeout"),
      ConnectionAttempt(
        address: "192.0.2.25", port: 25, start: 30_000_900, duration: 31_000, failure: refused,
        failureOrigin: "rst"),
    ]
    session.stage(.resolve, 0, 900)
    session.stage(.connect, 900, nil)
    session.trace.ending = .unreachable(refused)
    session.trace.endingStage = .connect
    session.trace.duration = 30_031_900
    return Sample(
      "unreachable", session.trace,
      verdict(
        session.trace, .unreachable, .connect, exit: 20,
        "none of the 2 addresses of mx.example.com took a connection; the last: 192.0.2.25 port 25"
          + " refused the connection",
        error: "ECONNREFUSED (connect): Connection refused"))
  }()

  /// Seed 003: acknowledgements stop near 64 KiB of a large body, Fast Open on, under TLS.
  static let tailOfHugeBody: Sample = {
    var session = Session(
      arguments: ["mx.example.com", "--message-size", "10737418240", "--fast-open", "data"],
      options: ["fast_open": .text("data"), "message_size": .number(10_737_418_240)])
    session.trace.environment.kernel = "5.15.0-91-generic"
    session.trace.environment.sysctl["net.ipv4.tcp_mtu_probing"] = "0"
    session.trace.environment.sysctl["net.netfilter.nf_conntrack_tcp_be_liberal"] = "0"
    session.trace.environment.connectionTracking = ConnectionTrackingRecord(
      isLoaded: true, entries: 31, limit: 262_144)
    session.trace.environment.packetFilters = ["nf_tables"]
    session.trace.environment.route = RouteRecord(
      interface: "eth0", interfaceMTU: 1500, pathMTU: 1500)
    session.trace.environment.hostCounters = [
      "nf_conntrack.invalid": 19, "IpOutRequests": 214, "IpOutTransmits": 214,
    ]
    session.connect()
    session.greet()
    session.envelope(recipients: 1, at: 95200)
    session.receive(.mail, 250, ["2.1.0 Ok"], at: 126500, wait: 31300)
    session.receive(.rcpt, 250, ["2.1.5 Ok"], at: 126500, wait: 0, inSameRead: true)
    session.receive(.data, 354, ["Go ahead"], at: 126500, wait: 0, inSameRead: true)
    session.stage(.mail, 95200, 31300)
    session.stage(.rcpt, 95200, 31300)
    session.stage(.data, 95200, 31300)
    session.stage(.body, 126600, nil)
    let start = session.trace.commands.last?.end ?? 0
    session.send(.body, "(content)", flight: 2, at: 126600, length: 262_144)
    session.trace.content = ContentRecord(start: start, taken: 262_144)
    for piece in 0..<4 {
      session.trace.segments.append(
        SegmentRecord(
          offset: start + piece * 65536, length: 65536, stage: .body,
          written: 126_600 + Microseconds(piece) * 100, sent: piece < 2 ? 126_700 : nil,
          acknowledged: piece == 0 ? 158_000 : nil))
    }
    session.trace.tls = TLSSummary(
      version: "TLS1.3", cipher: "AES-256-GCM", group: "X25519",
      description: "(TLS1.3)-(ECDHE-X25519)-(RSA-PSS-RSAE-SHA256)-(AES-256-GCM)",
      serverName: "mx.example.com", alpn: nil, resumed: false,
      certificates: [
        CertificateSummary(
          subject: "CN=mx.example.com", issuer: "CN=mx.example.com",
          notBefore: "2026-01-01T00:00:00Z", notAfter: "2027-01-01T00:00:00Z",
          names: ["mx.example.com"], key: "RSA 2048 bits",
          fingerprint: String(repeating: "0123456789abcdef", count: 4))
      ], verified: false,
      verificationProblems: ["The certificate issuer is unknown."], clientHelloLength: 361)
    session.close(
      .timedOut(.write), at: .body, duration: 30_158_000, waited: 30_000_000,
      ledger: Ledger(
        written: start + 262_144, sent: start + 131_072, acknowledged: start + 65536,
        answered: start, unsent: 131_072, received: 170)
    ) { facts in
      facts.totalRetransmits = 7
      facts.options = ["timestamps", "sack", "wscale", "syn_data"]
    }
    return Sample(
      "tail of a huge body", session.trace,
      verdict(
        session.trace, .stalled, .body, exit: 18,
        "acknowledgements stopped at byte 65628; 7 retransmissions of what follows were not answered",
        custody: .unacknowledged,
        pending: Pending(commands: 1, answered: 0, firstUnanswered: "(content)")))
  }()

  /// Every string a saved file can carry, as bad as can be: escapes, controls, markup, newlines.
  static let hostile: Sample = {
    let bad =
      "\u{1B}[31m</pre><script>`|`````\u{202E}\n# h\r\n\u{9B}0mé"
      + String(repeating: "x", count: 90)
    var session = Session(
      bad, arguments: [bad, "--split", "513'; rm -rf ~"], options: [bad: .text(bad)])
    session.connect(to: bad)
    session.greet()
    session.send(.mail, bad, flight: 1, at: 95200)
    session.receive(.mail, 250, [bad, bad], at: 95300, wait: 10, wasDue: false)
    session.trace.violations = [
      Violation(kind: .malformedReply, stage: .mail, at: 95400, bytes: bad, isFatal: true)
    ]
    session.trace.partialReply = PartialReply(bytes: bad, length: 9, firstAt: 95300, lastAt: 95400)
    session.trace.notes = [bad]
    session.trace.environment.kernel = bad
    session.trace.environment.congestionControl = bad
    session.trace.environment.sysctl = [bad: bad]
    session.trace.environment.connectionTracking = ConnectionTrackingRecord(
      isLoaded: true, entries: -1, limit: -1)
    session.trace.environment.packetFilters = [bad]
    session.trace.environment.route = RouteRecord(
      interface: bad, interfaceMTU: -1, pathMTU: -1)
    session.trace.environment.hostCounters = [bad: -1, "IpOutRequests": 9, "IpOutTransmits": 1]
    let failure = SystemFailure(call: bad, name: bad, code: 1, text: bad)
    session.trace.attempts.append(
      ConnectionAttempt(
        address: bad, port: 25, start: 0, duration: 1, failure: failure, failureOrigin: bad))
    session.trace.tls = TLSSummary(
      version: bad, cipher: bad, group: bad, description: bad, serverName: bad, alpn: bad,
      resumed: true,
      certificates: [
        CertificateSummary(
          subject: bad, issuer: bad, notBefore: bad, notAfter: bad, names: [bad], key: bad,
          fingerprint: bad)
      ], verified: false, verificationProblems: [bad], clientHelloLength: 1)
    session.trace.tlsPolicies = [
      TLSPolicyRecord(
        kind: .tlsa, domain: bad, host: bad, strings: [bad, bad], security: .bogus, matched: bad,
        result: .tlsaInvalid, reason: bad),
      TLSPolicyRecord(kind: .sts, domain: bad, strings: [bad], mode: .enforce, reason: bad),
    ]
    session.trace.capabilities = [bad, "XXXX" + bad]
    session.trace.wireError = failure
    session.close(
      .failed(failure), at: .mail, duration: 95500, waited: 100, ledger: Ledger(written: 200)
    ) { facts in
      facts.state = bad
      facts.options = [bad]
    }
    return Sample(
      "hostile", session.trace,
      verdict(
        session.trace, .reset, .mail, exit: 25, bad, custody: .replyCutShort,
        pending: Pending(commands: 1, answered: 0, firstUnanswered: bad), error: bad))
  }()
}

extension Session {
  /// MAIL, `recipients` RCPT and DATA in one flight.
  mutating func envelope(recipients: Int, at: Microseconds, sender: String = "") {
    let start = trace.commands.last?.end ?? 0
    send(.mail, "MAIL FROM:<\(sender)>", flight: 1, at: at)
    for _ in 0..<recipients { send(.rcpt, "RCPT TO:<postmaster>", flight: 1, at: at) }
    send(.data, "DATA", flight: 1, at: at)
    let end = trace.commands.last?.end ?? start
    trace.envelope = EnvelopeRecord(
      size: end - start, sender: sender, recipientCommands: recipients, recipients: 1,
      padding: sender.utf8.count, pipelined: true)
  }
}
