import Diagnosis
import SessionTrace
import Testing

@Suite("What a nudge brought")
struct NudgeReadingTests {
  /// Stages of the missing replies, what came, and how it reads.
  static let rows: [([Stage], String, NudgeReading)] = [
    // All of them, and the one to NOOP.
    (
      [.mail, .rcpt, .data],
      "250 2.1.0 Ok\r\n250 2.1.5 Ok\r\n354 Go ahead\r\n250 2.0.0 Ok\r\n", .released
    ),
    // The last is to DATA: the reply to NOOP is kept back in its turn.
    ([.mail, .rcpt, .data], "250 OK\r\n250 OK\r\n354 Go ahead\r\n", .released),
    ([.data], "354 Go ahead\r\n", .released),
    ([.ehlo], "250-mx\r\n250 PIPELINING\r\n250 Ok\r\n", .released),
    // Whether the first is missing or the last cannot be said.
    ([.mail, .rcpt], "250 OK\r\n250 OK\r\n", .releasedSome),
    ([.mail, .rcpt, .data], "250 2.1.0 Ok\r\n250 2.1.5 Ok\r\n", .releasedSome),
    ([.mail, .rcpt, .data], "250 2.1.0 Ok\r\n", .releasedSome),
    ([.rcpt, .data], "550 5.1.1 No such user\r\n", .releasedSome),
    // NOOP has no address, DATA no 250, and a torn line is no command.
    ([.mail, .rcpt, .data], "250 2.0.0 Ok\r\n", .ownReply),
    ([.data], "250 OK\r\n", .ownReply),
    ([.data], "503 5.5.1 MAIL first\r\n", .ownReply),
    ([.rcpt, .data], "501 5.1.3 Bad address\r\n", .ownReply),
    ([.mail], "500 what?\r\n", .ownReply),
    // Nothing tells whose it is.
    ([.mail, .rcpt, .data], "250 OK\r\n", .unclear),
    ([.mail], "250 OK\r\n", .unclear),
    ([.ehlo], "250 mx.example.com\r\n", .unclear),
    // No reply at all.
    ([.mail], "250 2.0.0 O", .unclear), ([.mail], "250-mx\r\n", .unclear),
    ([.mail], "\r\n\r\n\u{0}", .unclear), ([.mail], "99999999999999999999 x\r\n", .unclear),
    ([.mail], "+12 x\r\n", .unclear), ([.mail], "-50 x\r\n", .unclear), ([.mail], "2", .unclear),
  ]

  private func trace(_ missing: [Stage], _ nudge: NudgeRecord?) -> Trace {
    var trace = Trace.healthy
    trace.nudge = nudge
    trace.commands = missing.map {
      CommandRecord(stage: $0, text: "", start: 0, end: 0, flight: 0, written: 0, reply: nil)
    }
    return trace
  }

  private func reading(_ missing: [Stage], _ bytes: some Collection<UInt8>) -> NudgeReading? {
    trace(
      missing,
      NudgeRecord(sent: 0, first: 1, receivedBytes: bytes.count, text: escapedText(bytes))
    ).nudgeReading
  }

  @Test("Replies are told from the reply to NOOP by their number and their codes", arguments: rows)
  func reads(missing: [Stage], came: String, expected: NudgeReading) {
    #expect(reading(missing, Array(came.utf8)) == expected)
  }

  @Test("What was cut off tells no more than the replies before it", arguments: rows)
  func cuts(missing: [Stage], came: String, _: NudgeReading) {
    let bytes = Array(came.utf8)
    var whole = 0
    for end in 1..<max(2, bytes.count) {
      if bytes[end - 1] == UInt8(ascii: "\n") { whole = end }
      let cut = reading(missing, bytes[..<end])
      #expect(whole == 0 ? cut == .unclear : cut == reading(missing, bytes[..<whole]))
    }
  }

  @Test("Behind the end of a message a NOOP that is answered says that sending again is a risk")
  func duplicate() {
    func summary(_ text: String) -> String {
      var session = PlayedSession()
      session.message = .of("x\r\n", size: 300)
      var trace = session.trace(.silent(.dot))
      trace.nudge = NudgeRecord(sent: 0, first: 1, receivedBytes: text.utf8.count, text: text)
      return verdict(of: trace).summary
    }
    #expect(summary("250 2.0.0 Ok\\r\\n").contains("may deliver it twice"))
    #expect(!summary("250 2.6.0 queued as 4711\\r\\n").contains("twice"))
  }

  @Test("Silence is silence, an end is an end, and without a nudge there is nothing to read")
  func nothing() {
    let reset = SystemFailure(call: "recv", name: "ECONNRESET", code: 104, text: "")
    #expect(trace([.mail], NudgeRecord(sent: 0, acknowledged: 1)).nudgeReading == .silence)
    #expect(trace([.mail], NudgeRecord(sent: 0)).nudgeReading == .unacknowledged)
    #expect(trace([.mail], NudgeRecord(sent: 0, closed: true)).nudgeReading == .ended)
    #expect(trace([.mail], NudgeRecord(sent: 0, failure: reset)).nudgeReading == .ended)
    #expect(trace([.mail], nil).nudgeReading == nil)
    #expect(trace([], NudgeRecord(sent: 0)).nudgeReading == nil)
  }
}
