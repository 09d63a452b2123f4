import Diagnosis
import SessionTrace

extension Trace {
  /// Greeting, EHLO, and an envelope in one flight, all answered, to 192.0.2.25.
  static let healthy: Trace = {
    var trace = Trace(
      startedAt: "2026-11-21T10:02:11.204512Z", arguments: ["mx.example.com"],
      target: TargetRecord(given: "mx.example.com", host: "mx.example.com", port: 25))
    trace.target.address = "192.0.2.25"
    trace.attempts = [
      ConnectionAttempt(
        address: "192.0.2.25", port: 25, start: 0, duration: 31_200, failure: nil,
        failureOrigin: nil)
    ]
    trace.options = ["nodelay": .flag(true), "fast_open": .text("off"), "split": .none]
    trace.capabilities = ["PIPELINING", "SIZE 1000"]
    trace.replies = [
      reply(.banner, 220, "mx.example.com ESMTP"), reply(.ehlo, 250, "mx.example.com"),
      reply(.mail, 250, "2.1.0 Ok"), reply(.rcpt, 250, "2.1.5 Ok"), reply(.data, 354, "Go ahead"),
    ]
    for index in trace.replies.indices { trace.replies[index].firstRead = index }
    let texts: [(Stage, String)] = [
      (.ehlo, "EHLO probe.example.org"), (.mail, "MAIL FROM:<>"), (.rcpt, "RCPT TO:<postmaster>"),
      (.data, "DATA"),
    ]
    for (number, (stage, text)) in texts.enumerated() {
      let start = trace.commands.last?.end ?? 0
      trace.commands.append(
        CommandRecord(
          stage: stage, text: text, start: start, end: start + text.utf8.count + 2,
          flight: number == 0 ? 0 : 1, written: 1000, reply: number + 1))
    }
    trace.cut(at: [])
    trace.envelope = EnvelopeRecord(
      size: 42, sender: "", recipientCommands: 1, recipients: 1, padding: 0, pipelined: true)
    var facts = KernelFacts()
    facts.roundTrip = 31_200
    facts.sendMSS = 1448
    facts.advertisedMSS = 1460
    trace.snapshots = [KernelSnapshot(stage: .data, at: 100_000, facts: facts)]
    trace.endingStage = .data
    return trace
  }()

  /// EHLO in a segment of its own, the envelope cut at these offsets of our stream.
  mutating func cut(at offsets: [Int]) {
    segments = SegmentLog()
    let ends = [commands[0].end] + offsets + [commands[commands.count - 1].end]
    for (start, end) in zip([0] + ends, ends) {
      segments.append(
        SegmentRecord(offset: start, length: end - start, stage: .mail, written: 1000))
    }
  }

  /// The replies to the envelope, each so long after the one before.
  mutating func space(by gap: Microseconds) {
    for index in 3...4 { replies[index].at = replies[index - 1].at + gap }
  }
}

extension Trace {
  /// So many bytes of content written at once, and acknowledged up to a moment, all or not all.
  mutating func crawl(_ length: Int, acknowledged: Int, until moment: Microseconds) {
    let start = commands.last?.end ?? 0
    segments.append(
      SegmentRecord(
        offset: start, length: length, stage: .body, written: 100_000,
        acknowledged: acknowledged == length ? moment : nil))
    ledger.written = start + length
    ledger.acknowledged = start + acknowledged
    lastAcknowledgement = moment
    duration = 60_000_000
  }
}

extension Trace {
  /// One recipient more, in the flight of the first.
  mutating func answerOnceMore() {
    let start = commands.last?.end ?? 0
    commands.append(
      CommandRecord(
        stage: .rcpt, text: "RCPT TO:<abuse>", start: start, end: start + 17, flight: 1,
        written: 1000, reply: 5))
    let flight = commands.filter { $0.flight == 1 }.map(\.start).min() ?? start
    segments.append(
      SegmentRecord(offset: flight, length: start + 17 - flight, stage: .mail, written: 1000))
    replies.append(reply(.rcpt, 250, "2.1.5 Ok"))
    replies[5].firstRead = 5
    cut(at: [])
  }
}

extension Trace {
  /// One reply to the envelope, and three more in one read a delayed ACK later, in so many segments.
  mutating func pauseOnce(segments: Int?) {
    answerOnceMore()
    space(by: 0)
    for index in 3...5 {
      replies[index].at = replies[2].at + 42_000 + 31_200
      replies[index].firstRead = 3
    }
    look(at: 500, dataSegmentsIn: 2)
    look(at: 200_000, dataSegmentsIn: segments.map { 2 + $0 })
  }

  /// The first line of EHLO's reply by itself, and four more after so long.
  mutating func holdBackLines(after gap: Microseconds, segments: Int?) {
    replies[1].lines = ["mx.example.com", "PIPELINING", "SIZE 1000", "8BITMIME", "DSN"]
    replies[1].arrive(in: [20, 60], gaps: [gap], cuts: ["between_lines"])
    replies[1].at = 1_000 + gap
    replies[1].wait = gap
    look(at: 500, dataSegmentsIn: segments == nil ? nil : 1)
    look(at: 1_000 + gap, dataSegmentsIn: segments.map { 1 + $0 })
  }

  private mutating func look(at moment: Microseconds, dataSegmentsIn segments: Int?) {
    var facts = snapshots.last?.facts ?? KernelFacts()
    facts.dataSegmentsIn = segments
    snapshots.append(KernelSnapshot(stage: .data, at: moment, facts: facts))
    snapshots.sort { $0.at < $1.at }
  }
}

extension Trace {
  /// Recipients more that are refused, each after so long.
  mutating func refuse(after waits: [Microseconds]) {
    for wait in waits {
      var refusal = reply(.rcpt, 550, "5.1.1 No such user")
      refusal.wait = wait + 31_200
      refusal.firstRead = replies.count + 100
      replies.append(refusal)
    }
  }
}

/// A reply of one line in one read.
func reply(_ stage: Stage, _ code: Int, _ text: String, wasDue: Bool = true) -> ReplyRecord {
  ReplyRecord(
    command: nil, stage: stage, code: code, enhanced: nil, lines: [text],
    reads: [text.utf8.count + 6], firstRead: 90, at: 63_000, wait: 31_000, wasDue: wasDue)
}

func violation(_ kind: Violation.Kind, isFatal: Bool = false) -> Violation {
  Violation(kind: kind, stage: .rcpt, at: 90_000, bytes: "x", isFatal: isFatal)
}

extension ReplyRecord {
  /// The same reply in other reads.
  mutating func arrive(in reads: [Int], gaps: [Microseconds], cuts: [String]) {
    self.reads = reads
    self.gaps = gaps
    self.cuts = cuts
  }
}

extension TLSSummary {
  /// A session under a certificate that nobody signed.
  static func agreed(_ version: String) -> TLSSummary {
    TLSSummary(
      version: version, cipher: "AES-256-GCM", group: nil, description: "", serverName: nil,
      alpn: nil, resumed: false, certificates: [], verified: false,
      verificationProblems: ["self-signed"], clientHelloLength: 300)
  }
}

extension Verdict {
  /// Only what phrases and advice look at.
  static func bare(
    _ status: SessionStatus, _ stage: Stage, custody: Custody? = nil, waited: Microseconds = 0,
    pending: Int = 0
  ) -> Verdict {
    Verdict(
      status: status, stage: stage, exitCode: 0, waited: waited, summary: "", custody: custody,
      pending: Pending(commands: pending, answered: 0, firstUnanswered: nil), ledger: Ledger(),
      partialReply: nil, error: nil)
  }
}
