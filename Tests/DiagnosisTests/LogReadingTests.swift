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
    .reset: [.reset, .closed], .stalled: [.stalled, .tlsFailed], .closed: [.closed, .tlsFailed],
    .unreachable: [.unreachable, .stalled], .tlsFailed: [.tlsFailed, .closed, .reset],
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

  @Test("of another program says where the session stood", arguments: lines + moreLines)
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
    (
      "192.0.2.25 does not like recipient.\nRemote host said: 550 5.1.1 no such user\nGiving up on"
        + " 192.0.2.25.\n", "550 5.1.1 no such user"
    ),
  ]

  static let lines = [
    Row(
      text: "2026-11-29 10:00:00 1abcDE-000000-FG H=mx.example.com [192.0.2.25]: SMTP timeout after"
        + " sending data block (199774 bytes written): Connection timed out",
      outcome: "STALLED at body", place: "mx.example.com 192.0.2.25"),
    Row(
      text: "SMTP timeout after end of data (18210 bytes written)", outcome: "STALLED at dot",
      place: ""),
    Row(
      text:
        "postfix/smtp[123]: 4F: to=<a@example.com>, relay=mx.example.com[192.0.2.25]:25, delay=300,"
        + " dsn=4.4.2, status=deferred (conversation with mx.example.com[192.0.2.25] timed out while"
        + " sending end of data -- message may be sent more than once)",
      outcome: "STALLED at dot", place: "mx.example.com 192.0.2.25"),
    Row(
      text: "connect to mx.example.com[2001:db8::25]:25: Network is unreachable",
      outcome: "UNREACHABLE at connect", place: "mx.example.com 2001:db8::25 25"),
    Row(
      text: "connect to mx.example.com[192.0.2.25]:2525: Connection timed out",
      outcome: "STALLED at connect", place: "mx.example.com 192.0.2.25 2525"),
    Row(
      text: "postfix/smtpd[9]: timeout after DATA (65536 bytes) from out.example.org[198.51.100.7]",
      outcome: "STALLED at body", place: "out.example.org 198.51.100.7"),
    Row(
      text: "smtpd[9]: lost connection after CONNECT from unknown[198.51.100.7]",
      outcome: "CLOSED at banner", place: "198.51.100.7"),
    Row(
      text: "timeout waiting for input from mx.example.com. during client greeting",
      outcome: "STALLED at banner", place: "mx.example.com"),
    Row(
      text: "stat=Deferred: Connection refused by mx.example.com.",
      outcome: "UNREACHABLE at connect", place: "mx.example.com"),
    Row(
      text: "Connected_to_192.0.2.25_but_connection_died._(#4.4.2)/", outcome: "CLOSED",
      place: "192.0.2.25"),
    Row(
      text:
        "451 4.4.0 Primary target IP address responded with: \"421 4.4.1 Connection timed out.\"",
      outcome: "STALLED at connect", place: ""),
    Row(text: "*** Remote host closed connection unexpectedly.", outcome: "CLOSED", place: ""),
    Row(text: "Error: Greeting never received", outcome: "STALLED at banner", place: ""),
    Row(
      text: "curl: (7) Failed to connect to mx.example.com port 25 after 3 ms: Couldn't connect",
      outcome: "UNREACHABLE at connect", place: "mx.example.com 25"),
    Row(
      text:
        "SMTP error from remote mail server after pipelined MAIL FROM:<a@example.org> SIZE=9: 451"
        + " 4.7.1 Try later", outcome: "DEFERRED at mail", place: ""),
  ]

  @Test(
    "that nobody prints is none",
    arguments: [
      "", "{", "host said", "connection refused", "\u{1B}[31m",
      "STARTTLS=client, relay=mx.example.com., version=TLSv1.2, verify=FAIL,"
        + " cipher=ECDHE-RSA-AES256-GCM-SHA384, bits=256/256",
      "STARTTLS=server, relay=mail.example.org [198.51.100.7], version=TLSv1.3, verify=FAIL,"
        + " cipher=TLS_AES_256_GCM_SHA384, bits=256/256",
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

  /// Each is looked through for every phrase, and a long one for longer.
  @Test("of any bytes is read to an end: a short one cut anywhere, a long one at every 23rd byte")
  func hostile() {
    for (index, row) in (Self.lines + Self.moreLines).enumerated() {
      let bytes = Array(row.text.utf8)
      let isShort = bytes.count < 64
      // From another byte in each, so that no place is spared in all of them.
      for end in stride(from: isShort ? 0 : index % 23, to: bytes.count, by: isShort ? 1 : 23) {
        _ = LogLine(String(decoding: bytes[..<end], as: UTF8.self))
        _ = LogLine(String(decoding: bytes[end...] + [0xFF, 0x1B, 0x5B], as: UTF8.self))
      }
    }
  }
}
