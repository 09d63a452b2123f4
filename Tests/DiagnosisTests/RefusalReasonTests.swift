import Diagnosis
import SessionTrace
import Testing

@Suite("The reason of a refusal")
struct RefusalReasonTests {
  static let rows: [(Int, String, RefusalReason?)] = [
    (
      450, "4.2.0 <a@b.example>: Recipient address rejected: Greylisted, see http://x", .greylisting
    ),
    (451, "4.7.1 Greylisting in action, please come back in 00:04:59", .greylisting),
    (451, "Temporary failure, please try again later.", .greylisting),
    (450, "4.3.2 Service currently unavailable", .greylisting),
    (451, "4.7.1 Please try again in five minutes", .greylisting),
    (421, "4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred", .reputation),
    (451, "4.7.500 Server busy. Please try again later from [192.0.2.1]. (S77719)", .reputation),
    (451, "4.7.500 Access denied, please try again later (AS112201)", .reputation),
    (421, "4.7.28 Our system has detected an unusual rate of", .reputation),
    (451, "4.7.650 The mail server [192.0.2.1] has been temporarily rate limited", .reputation),
    (450, "4.7.25 Client host rejected: cannot find your reverse hostname", .reputation),
    (554, "5.7.1 Service unavailable; client host blocked using a list", .reputation),
    (550, "5.7.23 SPF validation failed", .reputation),
    (452, "4.2.2 The email account that you tried to reach is over quota", .mailbox),
    (452, "4.2.2 Mailbox full", .mailbox),
    (450, "4.2.1 The user you are trying to contact is receiving mail too quickly", .mailbox),
    (421, "4.4.2 mx.example.com Error: timeout exceeded", .timeout),
    (421, "mx.example.com: SMTP command timeout - closing connection", .timeout),
    (451, "timeout (#4.4.2)", .timeout),
    (451, "4.7.0 Timeout waiting for client input", .timeout),
    (421, "4.7.0 mx.example.com Error: too many connections from 192.0.2.1", .connections),
    (421, "4.3.2 Connection rate limit exceeded.", .connections),
    (421, "Too many concurrent SMTP connections; please try again later.", .connections),
    (450, "4.7.1 Error: too much mail from 192.0.2.1", .connections),
    (452, "4.5.3 Error: too many recipients", .recipients),
    (552, "5.3.4 Message size exceeds fixed limit", .size),
    (451, "Could not complete sender verify callout", .lookup),
    (450, "4.1.8 <a@b.example>: Sender address rejected: Domain not found", .lookup),
    (451, "4.3.0 <a@b.example>: Temporary lookup failure", .lookup),
    (452, "4.3.1 Insufficient system storage", .trouble),
    (451, "Temporary local problem - please try later", .trouble),
    (451, "4.7.1 Service unavailable - try again later", .trouble),
    (421, "4.3.2 Shutting down", .trouble),
    (451, "4.3.0 Error: queue file write error", .trouble),
    (451, "Internal resource is temporarily unavailable - [abc.uk12]", .greylisting),
    (550, "5.7.606 Access denied, banned sending IP [192.0.2.1].", .reputation),
    (554, "5.7.1 <a@b.example>: Relay access denied", .relay),
    (550, "relay not permitted", .relay),
    (550, "5.7.54 SMTP; Unable to relay recipient in non-accepted domain", .relay),
    (550, "5.1.1 <a@b.example>: Recipient address rejected: User unknown", .recipient),
    (550, "5.4.1 Recipient address rejected: Access denied. [AM7EUR]", .recipient),
    (553, "5.7.1 <a@b.example>: Sender address rejected: not logged in", .sender),
    (530, "5.7.0 Must issue a STARTTLS command first", .encryption),
    (451, "5.7.3 STARTTLS is required to send mail", .encryption),
    (501, "5.1.7 Bad sender address syntax", nil),
    (450, "Requested mail action not taken", nil),
    (451, "4.7.1 Try again later", nil),
    (451, "<greylisted@timeout.example>: not now", nil),
    (550, "5.1.1 unverifiable marble", nil),
    (250, "greylisting is what we do not do", nil),
  ]

  @Test("is what its words say, not its code", arguments: rows)
  func words(code: Int, text: String, reason: RefusalReason?) {
    #expect(reply(.rcpt, code, text).reason == reason)
  }

  /// A refusal of RCPT that was waited for so long, behind replies that came at once.
  private static func refused(_ code: Int, _ text: String, wait: Microseconds) -> Trace {
    var trace = Trace.healthy
    trace.replies.removeLast(2)
    trace.replies.append(reply(.rcpt, code, text))
    trace.replies[3].wait = wait
    trace.endingStage = .rcpt
    trace.commands.removeLast()
    let end = trace.commands.last?.end ?? 0
    trace.ledger = Ledger(
      written: end, sent: end, acknowledged: end, answered: end, unsent: 0, received: 100)
    return trace
  }

  @Test(
    "is the server's own patience where a 421 or 451 ends a silence",
    arguments: [
      (421, "4.4.2 timeout exceeded", .milliseconds(20), true),
      (421, "closing the channel", .seconds(5), true), (451, "Timeout", .seconds(5), true),
      (421, "closing the channel", .milliseconds(20), false),
      (450, "not now", .seconds(5), false), (451, "4.7.1 Greylisted", .seconds(5), false),
      (421, "4.7.0 Too many connections", .seconds(5), false),
    ] as [(Int, String, Microseconds, Bool)])
  func patience(code: Int, text: String, wait: Microseconds, isTimeout: Bool) {
    let trace = Self.refused(code, text, wait: wait)
    #expect((trace.serverTimeout != nil) == isTimeout)
    var unacknowledged = trace
    unacknowledged.ledger.acknowledged -= 1
    #expect(unacknowledged.serverTimeout == nil)
  }

  @Test(
    "decides whether to come back is advised",
    arguments: [
      ("4.7.1 Greylisted", ["come-back-later"]), ("not now", ["come-back-later"]),
      ("4.7.28 rate", ["ask-the-receiver"]), ("4.2.2 Mailbox full", ["ask-the-receiver"]),
      ("Timeout", ["split-by-command", "pipelining-off"]),
    ])
  func advised(text: String, ids: [String]) {
    let trace = Self.refused(451, text, wait: .milliseconds(20))
    let advice = advice(on: trace, verdict: .bare(.deferred, .rcpt, pending: 2))
    #expect(advice.map(\.record.id) == ids)
    let words = advice.map { $0.record.because + $0.record.text }.joined()
    #expect(words.contains("greylisting") == (text == "4.7.1 Greylisted"))
  }
}
