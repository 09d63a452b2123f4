import Diagnosis
import SessionTrace

extension PhrasesTests {
  static let rows = rowsInOrder + rowsOutOfStep

  /// Where every reply is one, and in its place.
  private static let rowsInOrder: [Row] = [
    Row(status: .ok, stage: .data, swaks: 0),
    Row(
      status: .stalled, stage: .banner,
      postfix: "conversation with \(mx) timed out while receiving the initial server greeting",
      exim: "\(h): SMTP timeout after initial connection: Connection timed out", swaks: 21),
    Row(
      status: .stalled, stage: .ehlo,
      postfix: "conversation with \(mx) timed out while performing the EHLO handshake",
      exim: "\(h): SMTP timeout after EHLO probe.example.org: Connection timed out", swaks: 22,
      change: { $0.commands[0].reply = nil }),
    Row(
      status: .closed, stage: .ehlo,
      postfix: "lost connection with \(mx) while performing the HELO handshake",
      exim: "\(h): Remote host closed connection in response to HELO probe", swaks: 6,
      change: {
        $0.commands[0].text = "HELO probe"
        $0.commands[0].reply = nil
      }),
    Row(
      status: .stalled, stage: .mail,
      postfix: "conversation with \(mx) timed out while sending MAIL FROM",
      exim: "\(h): SMTP timeout after pipelined MAIL FROM:<>: Connection timed out", swaks: 23,
      change: { $0.commands[1].reply = nil }),
    Row(
      status: .stalled, stage: .rcpt,
      postfix: "conversation with \(mx) timed out while sending RCPT TO",
      exim: "\(h): SMTP timeout after RCPT TO:<postmaster>", swaks: 24,
      change: { $0.commands[2].reply = nil }),
    Row(
      status: .closed, stage: .rcpt, postfix: "lost connection with \(mx) while sending RCPT TO",
      exim: "\(h): Remote host closed connection in response to pipelined RCPT TO:<postmaster>",
      swaks: 6, change: { $0.commands[2].reply = nil }),
    Row(
      status: .stalled, stage: .starttls,
      postfix: "conversation with \(mx) timed out while receiving the STARTTLS response",
      exim: "\(h): SMTP timeout after STARTTLS: Connection timed out", swaks: 29,
      change: {
        $0.options["tls"] = .text("require")
        $0.commands[1].stage = .starttls
        $0.commands[1].text = "STARTTLS"
        $0.commands[1].reply = nil
      }),
    Row(
      status: .reset, stage: .mail, postfix: "lost connection with \(mx) while sending MAIL FROM",
      exim: "\(h): Remote host closed connection in response to pipelined MAIL FROM:<>", swaks: 6,
      change: { $0.commands[1].reply = nil }),
    Row(
      status: .closed, stage: .data,
      postfix: "lost connection with \(mx) while sending DATA command",
      exim: "\(h): Remote host closed connection in response to DATA", swaks: 6,
      change: {
        $0.commands[3].reply = nil
        $0.envelope?.pipelined = false
      }),
    Row(
      status: .stalled, stage: .body,
      postfix: "conversation with \(mx) timed out while sending message body",
      exim: "\(h): SMTP timeout after sending data block (... bytes written):"
        + " Connection timed out", swaks: 26,
      change: { $0.content = ContentRecord(start: 66, taken: 199_774) }),
    Row(
      status: .stalled, stage: .dot,
      postfix: "conversation with \(mx) timed out while sending end of data -- message may be sent"
        + " more than once",
      exim: "\(h): SMTP timeout after end of data (246244 bytes written): Connection timed out",
      swaks: 26,
      change: {
        $0.content = ContentRecord(start: 66, taken: 246_239, endOfData: 246_310, isComplete: true)
      }),
    Row(
      status: .stalled, stage: .dot,
      postfix: "conversation with \(mx) timed out while sending end of data -- message may be sent"
        + " more than once",
      exim: "\(h): SMTP timeout after end of data (... bytes written): Connection timed out",
      swaks: 26,
      change: {
        $0.tls = .agreed("TLS1.3")
        $0.content = ContentRecord(start: 66, taken: 246_239, endOfData: 246_900, isComplete: true)
      }),
    Row(
      status: .rejected, stage: .dot,
      postfix: "host \(mx) said: 550 not this (in reply to end of DATA command)",
      exim: "\(h): SMTP error from remote mail server after end of data: 550 not this", swaks: 26,
      change: { $0.acceptForRecipients(last: reply(.dot, 550, "not this")) }),
    Row(
      status: .stalled, stage: .dot,
      postfix: "conversation with \(mx) timed out while sending end of data -- message may be sent"
        + " more than once",
      exim: "\(h): SMTP timeout after end of data (... bytes written): Connection timed out",
      swaks: 26,
      change: {
        $0.tls = .agreed("TLS1.3")
        $0.acceptForRecipients(last: nil)
      }),
    Row(
      status: .stalled, stage: .quit, postfixOutcome: .delivers, eximOutcome: .delivers, swaks: 0,
      change: { $0.acceptForRecipients(last: reply(.dot, 250, "taken")) }),
    Row(
      status: .reset, stage: .body,
      postfix: "lost connection with \(mx) while sending message body", exim: nil, swaks: 6,
      change: {
        $0.ending = .failed(
          SystemFailure(call: "send", name: "EPIPE", code: 32, text: "Broken pipe"))
      }),
    Row(
      status: .rejected, stage: .banner,
      postfix: "host \(mx) refused to talk to me: 554-no 554 service",
      exim: "\(h): SMTP error from remote mail server after initial connection:"
        + " 554-no\\n554 service", swaks: 21,
      change: {
        $0.replies[0].code = 554
        $0.replies[0].lines = ["no", "service"]
      }),
    // A reset may come before the greeting is read.
    Row(
      status: .rejected, stage: .banner,
      postfix: "host \(mx) refused to talk to me: 554 no service",
      exim: "\(h): SMTP error from remote mail server after initial connection: 554 no service",
      change: {
        $0.replies[0].code = 554
        $0.replies[0].lines = ["no service"]
        $0.ending = .failed(
          SystemFailure(call: "recv", name: "ECONNRESET", code: 104, text: "Connection reset"))
      }),
    Row(
      status: .rejected, stage: .ehlo,
      postfix: "host \(mx) refused to talk to me: 250-first 550 second", eximOutcome: .goesOn,
      swaks: 22,
      change: {
        $0.replies[1].code = 550
        $0.replies[1].lines = ["first", "second"]
        $0.replies[1].linePrefixes = ["250-", "550 "]
      }),
    Row(
      status: .deferred, stage: .rcpt,
      postfix: "host \(mx) said: 450 4.2.0 greylisted (in reply to RCPT TO command)",
      exim: "\(h): SMTP error from remote mail server after RCPT TO:<postmaster>:"
        + " 450 4.2.0 greylisted", swaks: 24,
      change: {
        $0.replies[3].code = 450
        $0.replies[3].lines = ["4.2.0 greylisted"]
      }),
    Row(
      status: .stalled, stage: .tls, postfix: "Cannot start TLS: handshake failure",
      exim: "\(h): TLS session: (gnutls_handshake): timed out",
      change: { $0.options["tls"] = .text("require") }),
    Row(
      status: .stalled, stage: .tls, postfix: "Cannot start TLS: handshake failure",
      exim: "TLS session: (gnutls_handshake): timed out: delivering unencrypted to \(h)"
        + " (not in hosts_require_tls)", eximOutcome: .goesOn),
    Row(
      status: .closed, stage: .tls, postfix: "Cannot start TLS: handshake failure",
      exim:
        "\(h): TLS session: (gnutls_handshake): The TLS connection was non-properly terminated.",
      swaks: 29, change: { $0.options["tls"] = .text("require") }),
    Row(
      status: .tlsFailed, stage: .tls, postfix: "Cannot start TLS: handshake failure",
      exim: "\(h): TLS session: (gnutls_handshake): Handshake failed", swaks: 29,
      change: {
        $0.options["tls"] = .text("require")
        $0.ending = .tlsFailed(
          TLSFailureRecord(
            name: "GNUTLS_E_FATAL_ALERT_RECEIVED", text: "", alert: "handshake_failure"))
      }),
    Row(
      status: .tlsFailed, stage: .tls, postfix: "Server certificate not verified",
      exim: "\(h): TLS session: (certificate verification failed): certificate invalid", swaks: 29,
      change: {
        $0.options["tls"] = .text("require")
        $0.tls = .agreed("TLS1.3")
        $0.ending = .tlsFailed(
          TLSFailureRecord(name: "GNUTLS_E_CERTIFICATE_VERIFICATION_ERROR", text: "expired"))
      }),
    Row(
      status: .tlsFailed, stage: .ehlo,
      postfix: "lost connection with \(mx) while performing the EHLO handshake",
      exim: "\(h): TLS session: error on first read", swaks: 6,
      change: {
        $0.options["tls"] = .text("require")
        $0.tls = .agreed("TLS1.3")
        $0.commands[0].reply = nil
        $0.ending = .tlsFailed(
          TLSFailureRecord(
            name: "GNUTLS_E_FATAL_ALERT_RECEIVED", text: "", alert: "certificate_required"))
      }),
    // With GnuTLS, whatever keeps it from reading the first reply under TLS: a close in good order, too.
    Row(
      status: .closed, stage: .ehlo,
      postfix: "lost connection with \(mx) while performing the EHLO handshake",
      exim: "\(h): TLS session: error on first read", swaks: 6,
      change: {
        $0.options["tls"] = .text("require")
        $0.tls = .agreed("TLS1.3")
        $0.tls?.closeNotify = true
        $0.commands[0].reply = nil
      }),
    Row(
      status: .stalled, stage: .ehlo,
      postfix: "conversation with \(mx) timed out while performing the EHLO handshake",
      exim: "TLS session: error on first read: delivering unencrypted to \(h)"
        + " (not in hosts_require_tls)", eximOutcome: .goesOn, swaks: 32,
      change: {
        $0.tls = .agreed("TLS1.3")
        $0.commands[0].reply = nil
      }),
    Row(
      status: .protocolError, stage: .ehlo,
      exim: "TLS session: error on first read: delivering unencrypted to \(h)"
        + " (not in hosts_require_tls)", eximOutcome: .goesOn, swaks: 32,
      change: {
        $0.tls = .agreed("TLS1.3")
        $0.commands[0].reply = nil
        $0.violations = [
          Violation(
            kind: .malformedReply, stage: .ehlo, at: 0, bytes: "hello\\r\\n", isFatal: true)
        ]
      }),
    // It goes on with MAIL, as if there were no extensions; in clear it would say HELO.
    Row(
      status: .rejected, stage: .ehlo,
      postfix: "host \(mx) refused to talk to me: 503 again", eximOutcome: .goesOn, swaks: 32,
      change: {
        $0.tls = .agreed("TLS1.3")
        $0.replies[1].code = 503
        $0.replies[1].lines = ["again"]
      }),
    Row(
      status: .tlsFailed, stage: .starttls,
      postfix: "TLS is required, but was not offered by host \(mx)",
      exim: "\(h): a TLS session is required, but the server did not offer TLS support", swaks: 29,
      change: { $0.ending = .tlsFailed(TLSFailureRecord(name: "not_offered", text: "")) }),
    Row(
      status: .unreachable, stage: .connect, postfix: "connect to \(mx):25: Connection refused",
      exim: "\(h) Connection refused", swaks: 2,
      change: {
        $0.attempts = [
          ConnectionAttempt(
            address: "192.0.2.25", port: 25, start: 0, duration: 1,
            failure: SystemFailure(
              call: "connect", name: "ECONNREFUSED", code: 111, text: "Connection refused"),
            failureOrigin: "rst")
        ]
      }),
    Row(
      status: .unreachable, stage: .connect, postfix: "connect to \(mx):25: Connection timed out",
      exim: "\(h) Connection timed out", swaks: 2,
      change: {
        $0.attempts = [
          ConnectionAttempt(
            address: "192.0.2.25", port: 25, start: 0, duration: 1_000_000,
            failure: SystemFailure(
              call: "connect", name: "ETIMEDOUT", code: 110, text: "no answer within 1000 ms"),
            failureOrigin: nil)
        ]
      }),
    Row(status: .unreachable, stage: .resolve, swaks: 2, change: { $0.target.address = nil }),
    Row(status: .interrupted, stage: .mail),
    Row(status: .stalled, stage: .quit, swaks: 0),
    Row(
      status: .stalled, stage: .quit, postfixOutcome: .delivers, eximOutcome: .delivers, swaks: 0,
      change: { $0.acceptMessage() }),
    Row(
      status: .closed, stage: .quit, postfixOutcome: .delivers, eximOutcome: .delivers, swaks: 6,
      change: {
        $0.acceptMessage()
        $0.ending = .endOfStream
      }),
    Row(
      status: .closed, stage: .body,
      postfix: "lost connection with \(mx) while sending end of data -- message may be sent more"
        + " than once",
      exim: "\(h): Remote host closed connection in response to end of data", swaks: 6,
      change: {
        $0.ledger.written = 266
        $0.content = ContentRecord(start: 66, taken: 200, endOfData: 266, isComplete: true)
      }),
    Row(
      status: .stalled, stage: .data,
      postfix: "host \(mx) said: 554 no (in reply to RCPT TO command)",
      exim: "\(h): SMTP error from remote mail server after RCPT TO:<postmaster>: 554 no",
      swaks: 24,
      change: {
        $0.replies[3].code = 554
        $0.replies[3].lines = ["no"]
        $0.commands[3].reply = nil
      }),
    Row(
      status: .deferred, stage: .ehlo,
      postfix: "host \(mx) refused to talk to me: 421 too many",
      exim: "\(h): Remote host closed connection in response to HELO probe.example.org"
        + " (EHLO response was: 421 too many)", swaks: 6,
      change: {
        $0.commands = [$0.commands[0]]
        $0.replies = Array($0.replies.prefix(2))
        $0.replies[1].code = 421
        $0.replies[1].lines = ["too many"]
      }),
    Row(
      status: .rejected, stage: .mail,
      postfix: "message size 2000 exceeds size limit 1000 of server \(mx)",
      exim: "\(h): SMTP error from remote mail server after pipelined MAIL FROM:<> SIZE=2000:"
        + " 552 too big", swaks: 23,
      change: {
        $0.capabilities = ["SIZE 1000"]
        $0.commands[1].text = "MAIL FROM:<> SIZE=2000"
        $0.replies[2].code = 552
        $0.replies[2].lines = ["too big"]
      }),
  ]
}

extension Trace {
  /// By PRDR the message was taken for two recipients, and that is the reply for the whole.
  fileprivate mutating func acceptForRecipients(last: ReplyRecord?) {
    content = ContentRecord(start: 66, taken: 200, endOfData: 266, isComplete: true)
    let each = ["a@example.org", "b@example.org"].map { recipient in
      var taken = reply(.dot, 250, "for \(recipient)")
      taken.recipient = recipient
      return taken
    }
    replies += [reply(.dot, 353, "content analysis")] + each + [last].compactMap(\.self)
    ledger = Ledger(written: 266, sent: 266, acknowledged: 266, answered: 66)
  }

  /// The message was taken, and what comes after it changes nothing.
  fileprivate mutating func acceptMessage() {
    content = ContentRecord(start: 66, taken: 200, endOfData: 266, isComplete: true)
    var reply = replies[1]
    reply.stage = .dot
    reply.code = 250
    replies.append(reply)
  }
}
