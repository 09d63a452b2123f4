import Diagnosis
import SessionTrace
import Testing

@Suite("A line of a log")
struct LogReadingTests {
  /// What Postfix and Exim print has been compared with them: each phrase leads back to where it came from.
  ///
  /// Where a reply is surplus the programs tell what they took it for, and not where it came.
  @Test("that a report quotes leads back to status and stage", arguments: PhrasesTests.rows)
  func leadsBack(row: PhrasesTests.Row) throws {
    for phrase in [row.postfix, row.exim].compactMap(\.self) {
      let line = try #require(LogLine(phrase), "\(phrase)")
      let isRefusal = row.status == .rejected || row.status == .deferred
      guard row.status != .protocolError, isRefusal == (line.reply != nil) else { continue }
      #expect(
        Self.near[row.stage, default: [row.stage]].contains(line.stage ?? row.stage), "\(phrase)")
      #expect(Self.sameWords[row.status, default: [row.status]].contains(line.status), "\(phrase)")
    }
  }

  /// Where these programs have one word for two of ours: an end and a reset, a handshake that did not come about.
  private static let sameWords: [SessionStatus: Set<SessionStatus>] = [
    .reset: [.reset, .closed], .stalled: [.stalled, .tlsFailed],
    .closed: [.closed, .tlsFailed],
    .tlsFailed: [.tlsFailed, .closed, .reset],
  ]
  private static let near: [Stage: Set<Stage>] = [
    .body: [.body, .dot], .ehlo: [.ehlo, .banner], .starttls: [.starttls, .tls],
    .tls: [.tls, .starttls],
  ]

  struct Row: Sendable, CustomTestStringConvertible {
    var text: String
    var outcome: String
    var place: String
    var testDescription: String { text }
  }

  /// Reads pairs of lines: `STALLED at body | mx.example.com 192.0.2.25`, and what a program printed.
  static func rows(_ text: String) -> [Row] {
    let lines = text.split(separator: "\n")
    return stride(from: 0, to: lines.count, by: 2).map { number in
      let words = lines[number].split(separator: " | ")
      return Row(
        text: String(lines[number + 1].dropFirst(2)), outcome: String(words[0]),
        place: words.count > 1 ? String(words[1]) : "")
    }
  }

  @Test("of another program says where the session stood", arguments: lines)
  func says(row: Row) throws {
    let line = try #require(LogLine(row.text))
    #expect(line.title == row.outcome)
    let place = [line.host, line.address, line.port.map(String.init)].compactMap(\.self)
    #expect(place.joined(separator: " ") == row.place)
  }

  @Test("quotes the server, and nothing that is the program's own", arguments: quoting)
  func quotes(text: String, reply: String) throws {
    #expect(try #require(LogLine(text)).reply == reply)
  }

  private static let quoting = [
    (
      "delivery 8: failure: 192.0.2.25_does_not_like_recipient./Remote_host_said:_550_5.1.1_no_such"
        + "_user/Giving_up_on_192.0.2.25./", "550 5.1.1 no such user"
    ),
    (
      "delivery 9: deferral: Connected_to_192.0.2.25_but_greeting_failed./Remote_host_said:_421_too"
        + "_many_connections/", "421 too many connections"
    ),
    (
      "delivery 8: failure: 192.0.2.25_failed_after_I_sent_the_message./Remote_host_said:_554-5.7.1"
        + "_spam/554_see_http://example.com/help/Giving_up_on_192.0.2.25./",
      "554-5.7.1 spam/554 see http://example.com/help"
    ),
    ("host a[192.0.2.1] refused to talk to me: 554 5.7.1 blocked)", "554 5.7.1 blocked"),
    ("host a[192.0.2.1] refused to talk to me: 554 (blocked)", "554 (blocked)"),
    (
      "NOQUEUE: reject: RCPT from x[192.0.2.1]: 554 5.7.1 denied; from=<a@b> to=<c@d> proto=ESMTP",
      "554 5.7.1 denied"
    ),
    (
      "<~* 535 5.7.8 no: AUTH PLAIN AHNlY3JldA==\n ~> AUTH PLAIN AHNlY3JldA==",
      "535 5.7.8 no: AUTH PLAIN ************"
    ),
    (
      "192.0.2.25 does not like recipient.\nRemote host said: 550 5.1.1 no such user\nGiving up on"
        + " 192.0.2.25.\n", "550 5.1.1 no such user"
    ),
  ]

  @Test(
    "that nobody prints is none",
    arguments: [
      "", "{", "host said", "refused", "reset by peer", "\u{1B}[31m", "421", "500 recipients",
      "511 bytes were sent", "the server said 550 5.7.1 no", "fix connection refused",
      "STARTTLS=client, relay=mx.example.com., version=TLSv1.2, verify=FAIL,"
        + " cipher=ECDHE-RSA-AES256-GCM-SHA384, bits=256/256",
      "STARTTLS=server, relay=mail.example.org [198.51.100.7], version=TLSv1.3, verify=FAIL,"
        + " cipher=TLS_AES_256_GCM_SHA384, bits=256/256",
    ])
  func isUnknown(text: String) { #expect(LogLine(text) == nil) }

  @Test(
    "of a delivery that went well is none",
    arguments: [
      #"4f1b mta delivery evpid=5 from=<a@b> to=<c@example.com> result="Ok" stat="250 2.0.0 Ok""#,
      #"4f1b mta delivery evpid=5 from=<a@b> to=<c@example.com> stat="250 2.0.0 Ok""#,
      #"4f1b mta delivery evpid=5 to=<c@example.com> result="Ok" stat="250 2.0.0 Ok, 451 bytes""#,
    ])
  func isNone(text: String) { #expect(LogLine(text) == nil) }

  @Test("names the session that shows it")
  func command() throws {
    let line = try #require(LogLine(Self.lines[0].text))
    #expect(
      line.probe.words.joined(separator: " ")
        == "smtpprobe mx.example.com --fast-open cookie --message-size 199774")
    #expect(line.custodies == [.unacknowledged, .windowClosed, .heldLocally])
  }

  @Test("that tells of a connection that did not come about has no bytes in anybody's hands")
  func hasNoCustody() throws {
    let line = try #require(
      LogLine("connect to mx.example.com[192.0.2.25]:25: Connection timed out"))
    #expect(line.custodies.isEmpty)
  }

  /// What is put in is what the line says, and nothing is delivered that the line is not about.
  @Test("advises what it says itself", arguments: advised)
  func advises(text: String, words: String) throws {
    #expect(
      try #require(LogLine(text)).commands.map(\.line)
        == words.split(separator: "\n").map(String.init))
  }

  /// The session, and those that find out why.
  private static func both(_ words: String) -> String {
    "smtpprobe \(words)\nsmtpprobe diagnose \(words)"
  }
  private static let advised = [
    (
      "SMTP timeout after pipelined MAIL FROM:<a@b.example> SIZE=1",
      both("HOST --pipelining on --from a@b.example")
    ),
    (
      "SMTP error from remote mail server after RCPT TO:<u@example.com>: 550 5.1.1 User unknown",
      "smtpprobe HOST --to u@example.com"
    ),
    (
      "H=mx.example.com [192.0.2.25]: Remote host closed connection in response to EHLO out.example.net",
      both("mx.example.com --ehlo out.example.net")
    ),
    (
      "4F: to=<a@example.com>, relay=mx.example.com[192.0.2.25]:25, status=deferred (lost connection with"
        + " mx.example.com[192.0.2.25] while sending RCPT TO)",
      both("mx.example.com --to a@example.com")
    ),
    (
      "message size 12345678 exceeds size limit 10240000 of server mx.example.com[192.0.2.25]",
      both("mx.example.com --mail-param SIZE=12345678")
    ),
    (
      "postfix/smtpd[1]: timeout after DATA (43210 bytes) from mail.example.net[192.0.2.7]",
      both("HOST --message-size 300000")
    ),
    (
      "host mx.example.com[192.0.2.27] said: 421-4.7.28 an unusual rate of unsolicited mail (in reply"
        + " to end of DATA command)", "smtpprobe mx.example.com"
    ),
    (
      "SASL authentication failed; server mx.example.com[192.0.2.27] said: 535 5.7.8 no",
      both("mx.example.com --auth any --auth-user USER")
    ),
    ("[SSL: WRONG_VERSION_NUMBER] wrong version number", both("HOST --tls implicit")),
    ("curl: (6) Could not resolve host: mx.example.com", both("mx.example.com")),
    (
      "Name service error for name=mx.example.com type=A: Host not found", both("mx.example.com")
    ),
    (
      "Name service error for name=example.com type=MX: Host not found", both("mx:example.com")
    ),
    ("message too big (transport limit = 1000)", ""),
    // What a line says may be anybody's.
    (
      "SMTP timeout after RCPT TO:<$(reboot)'@x>: Connection timed out",
      both(#"HOST --to $'$(reboot)\'@x'"#)
    ),
    ("SMTP timeout after RCPT TO:<--data@/etc/passwd>: x", both("HOST")),
  ]

  @Test("leads to the causes that its words name", arguments: causes)
  func leads(text: String, causes: [CauseID]) throws {
    #expect(try #require(LogLine(text)).causes(among: [.bareLf]) == causes)
  }

  private static let causes: [(String, [CauseID])] = [
    (
      "SMTP error from remote mail server after RCPT TO:<u@x>: 550 5.1.1 User unknown",
      [.recipientUnknown]
    ),
    (
      "SMTP error from remote mail server after end of data: 552 5.3.4 too big",
      [.messageTooLarge, .sizeDropNo5xx]
    ),
    ("NOQUEUE: reject: RCPT from x[192.0.2.1]: 554 5.7.1 Relay access denied", [.relayDenied]),
    ("<** 452 4.2.2 mailbox full", [.mailboxFull]),
    (
      "host a[192.0.2.1] refused to talk to me: 554 5.7.1 blocked using zen.spamhaus.org",
      [.rdnsOrReputationReject, .providerDeferral]
    ),
    ("<** 451 4.7.1 Greylisted", [.greylisting]), ("<** 550 no", [.bareLf]),
    ("(Domain example.com does not accept mail (nullMX))", [.nullMx, .bareLf]),
    ("[SSL: WRONG_VERSION_NUMBER]", [.implicitTlsPort, .bareLf]),
    ("retry time not reached for any host", []),
    ("Connection refused", [.connectionRefused, .bareLf]),
    ("Network is unreachable", [.ipv6BrokenPath, .synFiltered, .bareLf]),
    ("550 5.7.1 blocked using zen.spamhaus.org", [.rdnsOrReputationReject, .providerDeferral]),
  ]

  @Test(
    "says nothing of what logs in",
    arguments: [
      "SMTP timeout after AUTH PLAIN AGFubmEAc2VjcmV0: Connection timed out",
      "SMTP error from remote mail server after AUTH PLAIN AGFubmEAc2VjcmV0: 535 auth PLAIN AGFubmEAc2VjcmV0 no",
    ])
  func masks(text: String) throws {
    let line = try #require(LogLine(text))
    #expect(line.command?.hasPrefix("AUTH PLAIN ****") == true)
    #expect(!"\(line)".contains("AGFubmE"))
  }

  @Test("is known by its time of day, or for an exception")
  func looks() {
    for text in ["Nov 20 03:14:07 mail x[1]: y", "2026-11-20T03:14:07.123Z y"] {
      #expect(LogLine.looksLikeOne(text))
    }
    for text in ["javax.mail.SomeException: x", "Error: who knows"] {
      #expect(LogLine.looksLikeOne(text))
    }
    for text in ["fast open", "2001:db8:01:02", "25:25"] { #expect(!LogLine.looksLikeOne(text)) }
  }

  /// Each is looked through for every phrase, and a long one for longer.
  @Test("of any bytes is read to an end: a short one cut anywhere, a long one at every 53rd byte")
  func hostile() {
    for (index, row) in Self.lines.enumerated() {
      let bytes = Array(row.text.utf8)
      let isShort = bytes.count < 64
      // From another byte in each, so that no place is spared in all of them.
      for end in stride(from: isShort ? 0 : index % 53, to: bytes.count, by: isShort ? 1 : 53) {
        _ = LogLine(String(decoding: bytes[..<end], as: UTF8.self))
        _ = LogLine(String(decoding: bytes[end...] + [0xFF, 0x1B, 0x5B], as: UTF8.self))
      }
    }
  }
}
