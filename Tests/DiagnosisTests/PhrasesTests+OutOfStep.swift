import Diagnosis
import SessionTrace

/// Replies that nobody asked for, that a command cannot have, and words that are none.
extension PhrasesTests {
  static let rowsOutOfStep: [Row] = [
    Row(
      status: .protocolError, stage: .rcpt,
      postfix: "Protocol error: host \(mx) said: 250 ok (in reply to DATA command)",
      exim: "\(h): SMTP error from remote mail server after pipelined DATA: 250 ok", swaks: 25,
      change: { $0.saySurplus(250, "ok", at: .rcpt) }),
    Row(
      status: .protocolError, stage: .data,
      postfix: "Protocol error: host \(mx) said: 250 ok (in reply to DATA command)",
      exim: "\(h): SMTP error from remote mail server after pipelined DATA: 250 ok", swaks: 25,
      change: {
        ($0.replies[4].code, $0.replies[4].lines) = (250, ["ok"])
        $0.violations = [
          Violation(
            kind: .unexpectedCode, stage: .data, at: 0, bytes: "250 ok\\r\\n", isFatal: true)
        ]
      }),
    Row(
      status: .protocolError, stage: .banner, postfixOutcome: .goesOn, eximOutcome: .goesOn,
      change: { $0.saySurplus(500, "no PROXY here", at: .banner) }),
    Row(
      status: .protocolError, stage: .ehlo, postfixOutcome: .goesOn, eximOutcome: .goesOn,
      change: { $0.saySurplus(250, "really", at: .ehlo) }),
    Row(
      status: .protocolError, stage: .ehlo,
      postfix: "host \(mx) said: 550 go away (in reply to MAIL FROM command)",
      exim: "\(h): SMTP error from remote mail server after pipelined MAIL FROM:<a@example.org>"
        + " SIZE=700: 550 go away", swaks: 23,
      change: {
        $0.saySurplus(550, "go away", at: .ehlo)
        $0.options["from"] = .text("a@example.org")
        $0.options["message_size"] = .number(700)
        $0.commands.removeAll { $0.stage > .ehlo }
      }),
    // What the message of a file would declare is not known.
    Row(
      status: .protocolError, stage: .ehlo,
      postfix: "host \(mx) said: 450 later (in reply to MAIL FROM command)", swaks: 23,
      change: {
        $0.saySurplus(450, "later", at: .ehlo)
        $0.options["data"] = .text("m.eml")
        $0.commands.removeAll { $0.stage > .ehlo }
      }),
    // It is read as the answer to STARTTLS, which is not insisted upon.
    Row(
      status: .protocolError, stage: .ehlo, postfixOutcome: .goesOn, eximOutcome: .goesOn,
      change: {
        $0.saySurplus(550, "go away", at: .ehlo)
        $0.capabilities.append("STARTTLS")
        $0.options["tls"] = .text("auto")
        $0.commands.removeAll { $0.stage > .ehlo }
      }),
    Row(
      status: .protocolError, stage: .ehlo,
      postfix: "TLS is required, but host \(mx) refused to start TLS: 550 go away",
      exim: "\(h): a TLS session is required, but an attempt to start TLS failed", swaks: 29,
      change: {
        $0.saySurplus(550, "go away", at: .ehlo)
        $0.capabilities.append("STARTTLS")
        $0.options["tls"] = .text("require")
        $0.commands.removeAll { $0.stage > .ehlo }
      }),
    Row(
      status: .protocolError, stage: .ehlo,
      postfix: "host \(mx) said: 550 go away (in reply to MAIL FROM command)",
      exim: "\(h): SMTP error from remote mail server after pipelined MAIL FROM:<>: 550 go away",
      swaks: 23,
      change: {
        $0.saySurplus(550, "go away", at: .ehlo)
        $0.options["from"] = .text("<>")
        $0.capabilities = ["PIPELINING"]
        $0.commands.removeAll { $0.stage > .ehlo }
      }),
    Row(
      status: .protocolError, stage: .mail,
      postfix: "host \(mx) said: 550 go away (in reply to RCPT TO command)",
      exim: "\(h): SMTP error from remote mail server after RCPT TO:<b@example.org>: 550 go away",
      swaks: 24,
      change: {
        $0.saySurplus(550, "go away", at: .mail)
        $0.options["to"] = .text("b@example.org,c@example.org")
        $0.commands.removeAll { $0.stage > .mail }
      }),
    Row(
      status: .protocolError, stage: .rcpt,
      postfix: "host \(mx) said: 550 go away (in reply to RCPT TO command)",
      exim: "\(h): SMTP error from remote mail server after RCPT TO:<c@example.org>: 550 go away",
      swaks: 24,
      change: {
        $0.saySurplus(550, "go away", at: .rcpt)
        $0.options["to"] = .text("b@example.org,c@example.org")
        $0.commands.removeAll { $0.stage > .rcpt }
      }),
    Row(
      status: .protocolError, stage: .rcpt, postfixOutcome: .goesOn, eximOutcome: .goesOn,
      change: {
        $0.saySurplus(250, "ok", at: .rcpt)
        $0.options["to"] = .text("b@example.org,c@example.org")
        $0.commands.removeAll { $0.stage > .rcpt }
      }),
    Row(
      status: .protocolError, stage: .rcpt,
      postfix: "host \(mx) said: 550 go away (in reply to DATA command)",
      exim: "\(h): SMTP error from remote mail server after DATA: 550 go away", swaks: 25,
      change: {
        $0.saySurplus(550, "go away", at: .rcpt)
        $0.options["pipelining"] = .text("off")
        $0.commands.removeAll { $0.stage > .rcpt }
      }),
    Row(
      status: .protocolError, stage: .mail,
      exim: "\(h): Malformed SMTP reply in response to pipelined MAIL FROM:<>: +OK", swaks: 23,
      change: {
        $0.commands[1].reply = nil
        $0.violations = [
          Violation(
            kind: .malformedReply, stage: .mail, at: 0, bytes: "+OK\\r\\n", isFatal: true)
        ]
      }),
  ]
}

extension Trace {
  /// A reply that nobody asked for ends the session.
  fileprivate mutating func saySurplus(_ code: Int, _ words: String, at stage: Stage) {
    replies.removeAll { $0.stage > stage }
    var surplus = replies[0]
    (surplus.stage, surplus.code, surplus.lines, surplus.wasDue) = (stage, code, [words], false)
    replies.append(surplus)
    violations = [
      Violation(
        kind: .unsolicitedReply, stage: stage, at: 0, bytes: "\(code) \(words)\\r\\n",
        isFatal: true)
    ]
  }
}
