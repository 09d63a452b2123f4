import Diagnosis
import SessionTrace
import Testing

/// A session that is the first of a pair, and what is changed to make the second.
private struct Row: Sendable, CustomTestStringConvertible {
  var what: String
  var topic: Difference.Topic
  var first: String?
  var second: String?
  var matters = true
  var change: @Sendable (inout Trace) -> Void

  var testDescription: String { "\(topic.rawValue): \(what)" }
}

private let rows: [Row] = [
  Row(what: "stage", topic: .outcome, first: "ehlo", second: "rcpt") {
    $0.ending = .endOfStream
    $0.endingStage = .rcpt
  },
  Row(what: "status", topic: .outcome, first: "ok", second: "closed") { $0.ending = .endOfStream },
  Row(what: "hazard reply-nul", topic: .outcome, first: nil, second: "seen") {
    $0.violations = [
      Violation(kind: .nulInReply, stage: .mail, at: 0, bytes: "", isFatal: false)
    ]
  },
  Row(what: "split", topic: .options, first: nil, second: "513") {
    $0.options["split"] = .number(513)
  },
  Row(what: "nodelay", topic: .options, first: "true", second: "false") {
    $0.options["nodelay"] = .flag(false)
  },
  Row(what: "envelope, flights", topic: .departure, first: "1", second: "3") {
    for place in 1...3 { $0.commands[place].flight = place }
  },
  Row(
    what: "envelope, segments", topic: .departure, first: "1 of 39",
    second: "2 of 13, 1 of 7, 1 of 6"
  ) {
    $0.segments = SegmentLog()
    for (offset, length) in [(0, 24), (24, 13), (37, 13), (50, 7), (57, 6)] {
      $0.segments.append(
        SegmentRecord(offset: offset, length: length, stage: .mail, written: 0, asPlanned: true))
    }
  },
  Row(what: "envelope, command 2", topic: .departure, first: "RCPT TO:<a>", second: "RCPT TO:<b>") {
    $0.commands[2].text = "RCPT TO:<b>"
  },
  Row(what: "envelope, pieces not as planned", topic: .departure, first: "0", second: "1") {
    $0.segments.updateFromNewest { piece in
      piece.asPlanned = false
      return false
    }
  },
  Row(
    what: "farewell", topic: .departure, first: nil, second: "1 command in 1 flight, 6 bytes"
  ) {
    $0.commands.append(CommandRecord(stage: .quit, text: "QUIT", start: 63, end: 69, flight: 2))
  },
  Row(what: "content taken", topic: .departure, first: nil, second: "9") {
    $0.content = ContentRecord(start: 63, taken: 9)
  },
  Row(what: "mail", topic: .replies, first: "250 Ok", second: "451 Later") {
    $0.replies[2].code = 451
    $0.replies[2].lines = ["Later"]
  },
  Row(what: "ehlo, keywords", topic: .replies, first: "CHUNKING", second: "SIZE 10") {
    $0.replies[1].lines = ["mx", "PIPELINING", "SIZE 10"]
  },
  Row(what: "mail, lines", topic: .replies, first: "1", second: "2") {
    $0.replies[2].lines = ["Sender", "Ok"]
  },
  Row(
    what: "banner, wording", topic: .replies, first: "mx.example.com ESMTP ready",
    second: "mx.example.com ESMTP Postfix", matters: false
  ) { $0.replies[0].lines = ["mx.example.com ESMTP Postfix"] },
  Row(
    what: "banner, arrival", topic: .replies, first: "1 read",
    second: "2 reads, cut inside a line"
  ) {
    $0.replies[0].reads = [9, 20]
    $0.replies[0].cuts = ["in_line"]
  },
  Row(
    what: "ehlo, arrival", topic: .replies, first: "1 read",
    second: "2 reads, cut between two lines", matters: false
  ) {
    $0.replies[1].reads = [9, 20]
    $0.replies[1].cuts = ["between_lines"]
  },
  Row(what: "replies at data", topic: .replies, first: "1: 354 Go", second: nil) {
    $0.replies.removeLast()
  },
  Row(
    what: "order", topic: .replies, first: "banner ehlo mail rcpt data",
    second: "banner ehlo mail data rcpt"
  ) { $0.replies.swapAt(3, 4) },
  Row(
    what: "came with the one before", topic: .replies, first: "rcpt data", second: "data",
    matters: false
  ) {
    $0.replies[3].firstRead = 3
    $0.replies[4].firstRead = 3
  },
  Row(what: "session", topic: .tls, first: nil, second: "TLS1.3 AES-256-GCM X25519") {
    $0.tls = TLSSummary(
      version: "TLS1.3", cipher: "AES-256-GCM", group: "X25519", description: "", serverName: nil,
      alpn: nil, resumed: false, certificates: [], verified: false, verificationProblems: [],
      clientHelloLength: 300)
  },
  Row(what: "segment size", topic: .tcp, first: "1448", second: "988") {
    $0.snapshots[0].facts.sendMSS = 988
  },
  Row(what: "options", topic: .tcp, first: "timestamps wscale", second: "timestamps") {
    $0.snapshots[0].facts.options = ["timestamps"]
  },
  Row(what: "window scale", topic: .tcp, first: "7/10", second: nil) {
    $0.snapshots[0].facts.windowScale = nil
  },
  Row(what: "retransmitted", topic: .tcp, first: "0", second: "1") {
    $0.snapshots[0].facts.totalRetransmits = 1
  },
  Row(what: "Fast Open", topic: .tcp, first: "off", second: "requested") {
    $0.options["fast_open"] = .text("cookie")
  },
  Row(what: "ICMP", topic: .tcp, first: nil, second: "EMSGSIZE") {
    let failure = SystemFailure(call: "sendmsg", name: "EMSGSIZE", code: 90, text: "")
    $0.pathErrors = [
      PathErrorRecord(at: 0, failure: failure, origin: "icmp", reporter: nil),
      PathErrorRecord(at: 1, failure: failure, origin: "icmp", reporter: nil),
    ]
  },
  Row(what: "banner", topic: .timing, first: "31.0 ms", second: "5.031 s") {
    $0.stages[0].duration = 5_031_000
  },
  Row(what: "kernel", topic: .environment, first: "6.18.1", second: "5.17.0", matters: false) {
    $0.environment.kernel = "5.17.0"
  },
  Row(what: "GnuTLS", topic: .environment, first: "3.7.9", second: "3.8.9", matters: false) {
    $0.environment.gnutls = "3.8.9"
  },
  Row(
    what: "net.ipv4.tcp_ecn", topic: .environment, first: nil, second: "1", matters: false
  ) { $0.environment.sysctl["net.ipv4.tcp_ecn"] = "1" },
  Row(
    what: "address", topic: .environment, first: "192.0.2.25", second: "192.0.2.26",
    matters: false
  ) { $0.target.address = "192.0.2.26" },
]

/// An envelope of three commands in one segment, taken by the server.
private func session() -> Trace {
  var trace = Trace(
    startedAt: "2026-11-21T10:02:11Z", arguments: [],
    target: TargetRecord(given: "mx.example.com", host: "mx.example.com", port: 25))
  trace.target.address = "192.0.2.25"
  trace.options = ["nodelay": .flag(true), "split": .none, "fast_open": .text("off")]
  trace.endingStage = .data
  let texts: [(Stage, String)] = [
    (.ehlo, "EHLO probe.example.net"), (.mail, "MAIL FROM:<>"), (.rcpt, "RCPT TO:<a>"),
    (.data, "DATA"),
  ]
  for (number, command) in texts.enumerated() {
    let start = trace.commands.last?.end ?? 0
    trace.commands.append(
      CommandRecord(
        stage: command.0, text: command.1, start: start, end: start + (number == 0 ? 24 : 13),
        flight: min(number, 1), isAnswered: true, reply: number + 1))
  }
  for (number, reply) in [
    (Stage.banner, 220, ["mx.example.com ESMTP ready"]),
    (.ehlo, 250, ["mx", "PIPELINING", "CHUNKING"]),
    (.mail, 250, ["Ok"]), (.rcpt, 250, ["Ok"]), (.data, 354, ["Go"]),
  ].enumerated() {
    trace.replies.append(
      ReplyRecord(
        command: nil, stage: reply.0, code: reply.1, enhanced: nil, lines: reply.2, reads: [30],
        firstRead: min(number, 2), at: 0, wait: 0, wasDue: true))
  }
  trace.segments.append(SegmentRecord(offset: 0, length: 24, stage: .ehlo, written: 0))
  trace.segments.append(
    SegmentRecord(offset: 24, length: 39, stage: .mail, written: 0, asPlanned: true))
  trace.stages = [
    StageSpan(name: .banner, start: 0, duration: 31_000),
    StageSpan(name: .ehlo, start: 31_000, duration: 100),
  ]
  var facts = KernelFacts()
  facts.sendMSS = 1448
  facts.totalRetransmits = 0
  facts.windowScale = [7, 10]
  facts.options = ["timestamps", "wscale"]
  trace.snapshots = [KernelSnapshot(stage: .data, at: 0, facts: facts)]
  trace.environment.kernel = "6.18.1"
  trace.environment.gnutls = "3.7.9"
  return trace
}

@Suite("A comparison of two sessions")
struct ComparisonTests {
  @Test("tells what was changed, from both sides", arguments: rows)
  fileprivate func row(row: Row) throws {
    var (left, right) = (session(), session())
    row.change(&right)
    let found = Comparison(left, right).differences
    let difference = try #require(found.first { $0.topic == row.topic && $0.what == row.what })
    #expect(difference.first == row.first && difference.second == row.second)
    #expect(difference.matters == row.matters)
    swap(&left, &right)
    let back = Comparison(left, right).differences
    #expect(
      back.contains { $0.what == row.what && $0.first == row.second && $0.second == row.first })
  }

  @Test("finds nothing in a session and itself")
  func same() {
    let comparison = Comparison(session(), session())
    #expect(comparison.differences.isEmpty)
    #expect(comparison.hasSameOutcome && !comparison.differsInWhatMatters)
  }

  @Test("takes no notice of what changes from session to session")
  func noise() {
    let left = session()
    var right = left
    right.startedAt = "2026-11-22T10:02:11Z"
    right.duration = 77
    right.target.localPort = 40_000
    // Unknown, which is no other version.
    right.environment.gnutls = ""
    right.replies[2].lines = ["Ok"]
    // Each still ends before the next.
    right.stages[0].duration = right.stages[0].duration.map { $0 - 1 }
    right.stages[1].duration = right.stages[1].duration.map { $0 - 50 }
    #expect(Comparison(left, right).differences.isEmpty)
    var (one, other) = (left, left)
    one.replies[2].lines = ["Ok: queued as 4XyZ12 on Fri, 21 Nov 2026 10:02:11 +0000"]
    other.replies[2].lines = ["Ok: queued as 9AbC77 on Sat, 22 Nov 2026 11:00:00 +0000"]
    #expect(Comparison(one, other).differences.isEmpty)
  }

  @Test("keeps the order of what matters")
  func order() {
    let left = session()
    var right = left
    for row in rows.reversed() { row.change(&right) }
    let topics = Comparison(left, right).differences.map(\.topic)
    let places = topics.compactMap { Difference.Topic.allCases.firstIndex(of: $0) }
    #expect(places == places.sorted())
    #expect(Set(topics) == Set(Difference.Topic.allCases))
  }

  @Test("reads no more into it than there is")
  func reading() {
    let left = session()
    var option = left
    option.options["split"] = .number(513)
    #expect(Comparison(left, left).reading.contains("nothing that matters differs"))
    #expect(Comparison(left, option).reading.contains("has not changed it"))
    var stalled = left
    stalled.ending = .timedOut(.reply)
    #expect(Comparison(left, stalled).reading.contains("repeat both"))
    stalled.options = option.options
    #expect(Comparison(left, stalled).reading.contains("only split"))
    stalled.options["mss"] = .number(536)
    #expect(Comparison(left, stalled).reading.contains("2 options"))
    stalled.target = TargetRecord(given: "mx.example.net", host: "mx.example.net", port: 25)
    #expect(Comparison(left, stalled).reading.contains("so does the target"))
    option.target = stalled.target
    #expect(Comparison(left, option).reading.contains("at two targets"))
  }

  @Test("survives whatever a saved trace holds")
  func hostile() {
    var wild = session()
    for place in wild.commands.indices {
      wild.commands[place].start = place.isMultiple(of: 2) ? .min : .max
      wild.commands[place].end = place.isMultiple(of: 2) ? .max : .min
      wild.commands[place].flight = .min
    }
    wild.segments.append(SegmentRecord(offset: .max, length: .max, stage: .body, written: 0))
    wild.replies[0].firstRead = .max
    wild.stages[0].duration = .min
    wild.stages[1].duration = .max
    wild.snapshots[0].facts.totalRetransmits = .max
    wild.snapshots[0].facts.leastRoundTrip = .min
    #expect(Comparison(session(), wild).differsInWhatMatters)
    #expect(Comparison(wild, session()).differsInWhatMatters)
    var empty = session()
    empty.replies = []
    empty.commands = []
    empty.snapshots = []
    #expect(Comparison(session(), empty).differsInWhatMatters)
  }
}
