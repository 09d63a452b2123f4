import Diagnosis
import SessionTrace
import Testing

@Suite("Hazards")
struct HazardsTests {
  /// A session, and the ids that must be found in it.
  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let expected: [CauseID]
    let trace: Trace

    init(_ name: String, _ expected: [CauseID], _ change: (inout Trace) -> Void) {
      var trace = Trace.healthy
      change(&trace)
      testDescription = name
      self.expected = expected
      self.trace = trace
    }
  }

  static let rows: [Row] = [
    Row("a healthy session", []) { _ in },
    Row("a greeting cut inside a line", [.replyFragmentNaiveReader]) {
      $0.replies[0].arrive(in: [16, 12], gaps: [210_000], cuts: ["in_line"])
    },
    Row("a greeting cut between CR and LF", [.replyFragmentNaiveReader]) {
      $0.replies[0].arrive(in: [27, 1], gaps: [10], cuts: ["inside_crlf"])
    },
    Row("a long reply cut behind a full segment", []) {
      $0.replies[1].arrive(in: [1448, 200], gaps: [10], cuts: ["in_line"])
    },
    Row("a batch cut behind a full segment that other replies share", []) {
      $0.replies[2].arrive(in: [1400], gaps: [], cuts: [])
      $0.replies[3].firstRead = $0.replies[2].firstRead
      $0.replies[3].arrive(in: [48, 20], gaps: [10], cuts: ["in_line"])
    },
    Row("a reply cut by the small segments that we asked for", []) {
      $0.snapshots[0].facts.advertisedMSS = 100
      $0.replies[1].arrive(in: [88, 40], gaps: [10], cuts: ["in_line"])
    },
    Row("a reply cut by our own small receive buffer", []) {
      $0.options["rcvbuf"] = .number(2304)
      $0.replies[1].arrive(in: [500, 40], gaps: [10], cuts: ["in_line"])
    },
    Row("a reply a byte at a time", [.tarpitStutter]) {
      $0.replies[0].arrive(
        in: Array(repeating: 1, count: 28), gaps: Array(repeating: 1_000_000, count: 27),
        cuts: Array(repeating: "in_line", count: 27))
    },
    Row("a masked greeting", [.pixBannerMask]) {
      $0.replies[0].lines = ["****************2******0*****"]
    },
    Row("a greeting with a few asterisks", []) { $0.replies[0].lines = ["*** welcome ***"] },
    Row("masked keywords", [.esmtpCapabilityMask]) {
      $0.capabilities = ["PIPELINING", "XXXXXXXA", "SIZE 1000"]
    },
    Row("private keywords", []) { $0.capabilities += ["XCLIENT NAME", "X-ANONYMOUSTLS", "XXX"] },
    // So does every healthy server that sets TCP_NODELAY; the weakness of seed 000 is the client's.
    Row("an early talker whose replies come back to back", []) {
      $0.options["pregreet"] = .flag(true)
      $0.replies[1].at = $0.replies[0].at + 2_000
    },
    Row("a Fast Open SYN that was lost", [.tfoSynDropped]) {
      $0.options["fast_open"] = .text("cookie")
      $0.snapshots[0].facts.fastOpenFailure = 3
    },
    Row("a cookie that the server does not take", [.tfoCookieUnstable]) {
      $0.options["fast_open"] = .text("cookie")
      $0.snapshots[0].facts.fastOpenFailure = 2
    },
    Row("a first connection with Fast Open, which has no cookie", []) {
      $0.options["fast_open"] = .text("cookie")
      $0.snapshots[0].facts.fastOpenFailure = 1
    },
    Row("an early talker refused", [.greetPausePregreet]) {
      $0.options["pregreet"] = .flag(true)
      $0.endingStage = .banner
      $0.replies = [reply(.banner, 554, "synchronization error")]
    },
    Row("an early talker refused, who says QUIT", [.greetPausePregreet]) {
      $0.options["pregreet"] = .flag(true)
      $0.endingStage = .quit
      $0.replies = [reply(.banner, 554, "not accepting"), reply(.quit, 221, "Bye")]
    },
    Row(
      "a greeting that is ended a second after it was begun",
      [.replyFragmentNaiveReader, .greetPausePregreet]
    ) {
      $0.replies[0].lines = ["mx", "mx"]
      $0.replies[0].arrive(in: [20, 20], gaps: [1_001_000], cuts: ["between_lines"])
    },
    Row("recipients refused late, and one accepted at once", [.tarpitErrorDelay]) {
      $0.refuse(after: [400_000, 403_000])
    },
    Row("recipients refused later and later", []) { $0.refuse(after: [400_000, 800_000]) },
    Row("one recipient refused late", []) { $0.refuse(after: [400_000]) },
    Row("an early talker dropped", [.greetPausePregreet]) {
      $0.options["pregreet"] = .flag(true)
      $0.endingStage = .ehlo
      $0.ending = .endOfStream
    },
    Row("an early talker served", []) { $0.options["pregreet"] = .flag(true) },
    Row("a refusal of one who waited", []) {
      $0.endingStage = .banner
      $0.replies = [reply(.banner, 554, "no service")]
    },
    Row("a reply to nothing", [.replyCountMismatch]) {
      $0.replies.append(reply(.rcpt, 250, "Ok", wasDue: false))
    },
    Row("an unasked 421", []) { $0.replies.append(reply(.data, 421, "timeout", wasDue: false)) },
    Row("pipelining that was not offered", [.pipeliningNotOffered]) {
      $0.capabilities = ["SIZE 1000"]
    },
    Row("no pipelining where none was offered", []) {
      $0.capabilities = []
      $0.envelope?.pipelined = false
    },
    Row("STARTTLS offered and refused", [.starttlsRefused]) {
      $0.replies.append(reply(.starttls, 454, "TLS not available"))
    },
    Row("replies held back one by one, three times", [.serverSideNagle]) {
      $0.answerOnceMore()
      $0.space(by: 41_000 + 31_200)
      $0.replies[5].at = $0.replies[4].at + 41_000 + 31_200
    },
    Row("two replies in a row held up by a busy machine", []) { $0.space(by: 41_000 + 31_200) },
    Row("one reply, and three more in one segment a delayed ACK later", [.serverSideNagle]) {
      $0.pauseOnce(segments: 2)
    },
    Row("one reply, and three more in a segment each, whose server was held up once", []) {
      $0.pauseOnce(segments: 4)
    },
    Row("one reply, and three more a delayed ACK later, and nobody counted", []) {
      $0.pauseOnce(segments: nil)
    },
    Row(
      "lines of EHLO held back, and once more the replies to the envelope",
      [.replyFragmentNaiveReader, .serverSideNagle]
    ) {
      $0.pauseOnce(segments: nil)
      $0.holdBackLines(after: 41_000 + 31_200, segments: nil)
    },
    Row(
      "lines of EHLO held back, in two segments",
      [.replyFragmentNaiveReader, .serverSideNagle]
    ) {
      $0.holdBackLines(after: 41_000 + 31_200, segments: 2)
    },
    Row(
      "lines of EHLO that a server wrote one by one, held up once", [.replyFragmentNaiveReader]
    ) {
      $0.holdBackLines(after: 41_000 + 31_200, segments: 5)
    },
    Row("lines of EHLO after some work", [.replyFragmentNaiveReader]) {
      $0.holdBackLines(after: 300_000, segments: 2)
    },
    Row("one reply, and three more much later", []) {
      $0.answerOnceMore()
      for index in 3...5 {
        $0.replies[index].at = $0.replies[2].at + 400_000
        $0.replies[index].firstRead = 3
      }
    },
    Row("replies to commands that we sent piece by piece", []) {
      $0.space(by: 41_000 + 31_200)
      $0.cut(at: [30, 50])
    },
    Row("replies that a slow server spaces", []) { $0.space(by: 400_000) },
    Row("replies a round trip apart", []) { $0.space(by: 31_200) },
    Row("a cut command quoted as X", [.inspectionNeedsWholeCommand]) {
      $0.options["split"] = .text("1")
      $0.replies.append(reply(.ehlo, 500, "5.5.1 Command unrecognized: \"XXXXXXXX\""))
    },
    Row("a whole command quoted as X", [.esmtpCapabilityMask]) {
      $0.replies.append(reply(.ehlo, 502, "XXXX unimplemented"))
    },
    Row("our own name of X quoted", []) {
      $0.commands[0].text = "EHLO XXX.example.org"
      $0.replies.append(reply(.ehlo, 501, "XXX.example.org: no such name"))
    },
    Row("too many recipients", [.rcptLimit]) {
      $0.answerOnceMore()
      $0.replies[5].code = 452
    },
    Row("a recipient put off behind another", [.multiRecipientPolicy]) {
      $0.answerOnceMore()
      $0.replies[5].code = 450
    },
    Row("a recipient unknown behind another", []) {
      $0.answerOnceMore()
      $0.replies[5].code = 550
    },
    Row("the first recipient put off", []) {
      $0.answerOnceMore()
      $0.replies[3].code = 450
    },
    Row("replies of one delay", [.tarpitErrorDelay]) {
      for index in 2...4 { $0.replies[index].wait = 5_000_000 + Int64(index) * 900 }
    },
    Row("replies of one delay, one of them held up by a busy machine", [.tarpitErrorDelay]) {
      for index in 1...4 { $0.replies[index].wait = 5_000_000 + (index == 2 ? 600_000 : 0) }
    },
    Row("two replies of one delay among others", []) {
      for index in 1...4 { $0.replies[index].wait = 900_000 + Int64(max(0, index - 2)) * 300_000 }
    },
    Row("replies to chunks of one delay", [.bdatUnderTarpit]) {
      for index in 2...4 {
        $0.replies[index].wait = 5_000_000
        $0.replies[index].command = "BDAT 250"
        $0.replies[index].code = 250
      }
    },
    Row("an exchanger that has our name", [.mxLoop]) {
      $0.target.mxPreference = 10
      $0.replies[1].lines = ["PROBE.example.org. Hello you", "PIPELINING"]
    },
    Row("a host that has our name, and no MX record led to it", []) {
      $0.replies[1].lines = ["probe.example.org", "PIPELINING"]
    },
    Row("a first exchanger that refuses", [.multiMxPartial]) {
      $0.attempts = [.refused("192.0.2.1"), .made("192.0.2.2")]
    },
    Row("an IPv6 address that nothing comes back from", [.ipv6BrokenPath]) {
      $0.attempts = [.refused("2001:db8::1"), .refused("2001:db8::2"), .made("192.0.2.2")]
    },
    Row("a second try at the same address", []) {
      $0.attempts = [.refused("192.0.2.2"), .made("192.0.2.2")]
    },
    Row("a question for AAAA records that fails", [.aaaaLookupFails]) {
      $0.failedLookups = [.failed("AAAA", "SERVFAIL")]
    },
    Row("a question for A records that nobody answers", [.aLookupFails]) {
      $0.failedLookups = [.failed("A", "ETIMEDOUT")]
    },
    Row("no address that can be reached", []) {
      $0.attempts = [.refused("192.0.2.1"), .refused("192.0.2.2")]
    },
    Row("an exchanger with a name of its own", []) { $0.target.mxPreference = 10 },
    Row("replies of one long round trip", []) {
      $0.snapshots[0].facts.roundTrip = 700_000
      for index in 1...4 { $0.replies[index].wait = 705_000 }
    },
    Row("replies that take their time", []) {
      for index in 2...4 { $0.replies[index].wait = 900_000 + Int64(index) * 200_000 }
    },
    Row("bare line feeds", [.replyBareLF]) {
      $0.violations = [violation(.bareLineFeed), violation(.bareLineFeed)]
    },
    Row("a breach that ended the session", []) {
      $0.violations = [violation(.malformedReply, isFatal: true)]
    },
    Row("a certificate that nobody signed", []) { $0.tls = .agreed("TLS1.3") },
    Row("TLS 1.2", []) { $0.tls = .agreed("TLS1.2") },
    Row("TLS of last century", [.tlsLegacyIntolerance]) { $0.tls = .agreed("TLS1.0") },
    Row("keys by finite fields", [.tlsLegacyIntolerance]) {
      $0.tls = .agreed("TLS1.2")
      $0.tls?.group = "FFDHE2048"
    },
    Row("a connection closed under TLS without a word", [.tlsNoCloseNotify]) {
      $0.tls = .agreed("TLS1.3")
      $0.tls?.closeNotify = false
      $0.ending = .endOfStream
    },
    Row("a connection closed under TLS as it should be", []) {
      $0.tls = .agreed("TLS1.3")
      $0.tls?.closeNotify = true
      $0.ending = .endOfStream
    },
    Row("a reset under TLS", []) {
      $0.tls = .agreed("TLS1.3")
      $0.tls?.closeNotify = false
      $0.ending = .failed(
        SystemFailure(call: "recv", name: "ECONNRESET", code: 104, text: "reset"))
    },
    Row("a crawl that has not ended", [.slowProgress]) {
      $0.crawl(20_000, acknowledged: 640, until: 10_000_000)
    },
    Row("a crawl that has ended", [.slowProgress]) {
      $0.crawl(2_000, acknowledged: 2_000, until: 4_000_000)
    },
    Row("a stop after good progress", []) {
      $0.crawl(200_000, acknowledged: 66_000, until: 400_000)
    },
    Row("the end of a long message, which waited for all before it", []) {
      $0.crawl(200_000, acknowledged: 200_000, until: 4_000_000)
      let start = $0.ledger.written
      $0.segments.append(
        SegmentRecord(
          offset: start, length: 3_000, stage: .body, written: 150_000, acknowledged: 4_100_000))
      $0.ledger.written += 3_000
      $0.ledger.acknowledged += 3_000
    },
    Row("one command that had to be sent again", []) {
      $0.crawl(60, acknowledged: 60, until: 3_200_000)
    },
    Row("a SYN that had to be sent again", [.synRetransmitted]) {
      $0.attempts[0].duration = 1_031_000
      var facts = KernelFacts()
      facts.totalRetransmits = 1
      $0.snapshots.insert(KernelSnapshot(stage: .connect, at: 1_031_000, facts: facts), at: 0)
    },
    Row("a segment that had to be sent again", []) {
      $0.snapshots[0].facts.totalRetransmits = 1
    },
    Row("a slow line", []) { $0.crawl(200_000, acknowledged: 66_000, until: 20_000_000) },
    Row("a command over a very long way", []) {
      $0.snapshots[0].facts.roundTrip = 2_500_000
      $0.crawl(100, acknowledged: 100, until: 2_600_000)
    },
    Row("TLS of 2006", [.tlsLegacyIntolerance]) { $0.tls = .agreed("TLS1.1") },
  ]

  @Test("Only what was observed is a hazard", arguments: rows)
  func hazard(row: Row) {
    #expect(hazards(of: row.trace).map(\.id) == row.expected)
  }

  @Test("Every text is plain ASCII, whatever the peer said", arguments: rows)
  func text(row: Row) {
    var trace = row.trace
    for index in trace.replies.indices { trace.replies[index].lines.append("\u{1B}[2J\n") }
    trace.capabilities.append("XXXX\u{202E}")
    for hazard in hazards(of: trace) {
      #expect(hazard.text.utf8.allSatisfy { (0x20...0x7E).contains($0) }, "\(hazard.text)")
    }
  }

  @Test("A cut greeting is told with its pieces and its gap")
  func words() {
    var trace = Trace.healthy
    trace.replies[0].arrive(in: [16, 12], gaps: [210_000], cuts: ["in_line"])
    #expect(
      hazards(of: trace).map(\.text) == [
        "the greeting came in 2 reads (16+12 bytes, 210.0 ms apart), cut inside a line;"
          + " a client that takes one read for a whole reply goes out of step"
      ])
  }

  @Test("A piece that shared a segment is a note with its reason")
  func segmentation() {
    var trace = Trace.healthy
    #expect(segmentationNotes(of: trace).isEmpty)
    for (offset, length, asPlanned) in [(0, 10, true), (10, 2000, false)] {
      trace.segments.append(
        SegmentRecord(
          offset: offset, length: length, stage: .mail, written: 1, asPlanned: asPlanned))
    }
    #expect(
      segmentationNotes(of: trace) == [
        "1 of 2 planned pieces did not leave in a segment of their own (the first: 2000 bytes at"
          + " offset 10): longer than the segment size of 1448"
      ])
    trace.options["nodelay"] = .flag(false)
    #expect(segmentationNotes(of: trace)[0].contains("Nagle"))
  }
}

extension ConnectionAttempt {
  fileprivate static func made(_ address: String) -> ConnectionAttempt {
    ConnectionAttempt(
      address: address, port: 25, start: 1_000_000, duration: 1_000, failure: nil,
      failureOrigin: nil)
  }

  fileprivate static func refused(_ address: String) -> ConnectionAttempt {
    var attempt = made(address)
    attempt.failure = SystemFailure(
      call: "connect", name: "ECONNREFUSED", code: 111, text: "Connection refused")
    attempt.failureOrigin = "rst"
    return attempt
  }
}

extension FailedLookup {
  fileprivate static func failed(_ type: String, _ name: String) -> FailedLookup {
    FailedLookup(
      name: "mx.example.com", type: type,
      failure: SystemFailure(call: "DNS query", name: name, code: 2, text: "it failed"),
      duration: 2_000_000)
  }
}
