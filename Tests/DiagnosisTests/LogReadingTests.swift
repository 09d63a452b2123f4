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
    (
      "192.0.2.25 does not like recipient.\nRemote host said: 550 5.1.1 no such user\nGiving up on"
        + " 192.0.2.25.\n", "550 5.1.1 no such user"
    ),
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

  /// Each is looked through for every phrase, and a long one for longer.
  @Test("of any bytes is read to an end: a short one cut anywhere, a long one at every 23rd byte")
  func hostile() {
    for (index, row) in Self.lines.enumerated() {
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
