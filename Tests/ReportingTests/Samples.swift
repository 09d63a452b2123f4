import Diagnosis
import Reporting
import SessionTrace
import Testing

/// Sessions made by hand: whole reports whose every figure is known.
struct Sample: Sendable, CustomTestStringConvertible {
  let name: String
  let report: SessionReport
  var testDescription: String { name }

  init(_ name: String, _ trace: Trace, _ verdict: Verdict) {
    self.name = name
    self.report = SessionReport(
      tool: ToolRecord(version: "0.1.0", environment: trace.environment), trace: trace,
      verdict: verdict)
  }

  static let all: [Sample] = [
    .healthy, .stalledAfter513, .resetWith552Waiting, .tlsFailure, .unreachable, .tailOfHugeBody,
    .proxied, .daneMismatch, .notInPolicy,
    .hostile,
  ]
}

/// A trace that grows as the session went.
struct Session {
  var trace: Trace

  init(_ host: String = "mx.example.com", arguments: [String], options: [String: OptionValue] = [:])
  {
    trace = Trace(
      startedAt: "2026-11-21T10:02:11.204512Z", arguments: arguments,
      target: TargetRecord(given: host, host: host, port: 25))
    trace.options = ["split": .none, "nodelay": .flag(true), "fast_open": .text("off")]
    trace.options.merge(options) { _, new in new }
    trace.environment.kernel = "6.18.1"
    trace.environment.gnutls = "3.7.9"
    trace.environment.sysctl = ["net.ipv4.tcp_fastopen": "1"]
    trace.environment.congestionControl = "cubic"
  }

  /// The connection stands at 32 ms.
  mutating func connect(to address: String = "192.0.2.25") {
    trace.target.address = address
    trace.target.localAddress = "198.51.100.7"
    trace.target.localPort = 39472
    trace.attempts.append(
      ConnectionAttempt(
        address: address, port: 25, start: 1204, duration: 31200, failure: nil, failureOrigin: nil))
    trace.stages = [
      StageSpan(name: .resolve, start: 0, duration: 1204),
      StageSpan(name: .connect, start: 1204, duration: 31200),
    ]
  }

  mutating func stage(_ name: Stage, _ start: Microseconds, _ duration: Microseconds?) {
    trace.stages.append(StageSpan(name: name, start: start, duration: duration))
  }

  /// A command whose bytes follow those before it.
  mutating func send(
    _ stage: Stage, _ text: String, flight: Int, at: Microseconds, length: Int? = nil
  ) {
    let start = trace.commands.last?.end ?? 0
    trace.commands.append(
      CommandRecord(
        stage: stage, text: text, start: start, end: start + (length ?? text.utf8.count + 2),
        flight: flight, written: at))
  }

  /// A reply to the first command that has none.
  mutating func receive(
    _ stage: Stage, _ code: Int, _ lines: [String], reads: [Int]? = nil, gaps: [Microseconds] = [],
    cuts: [String] = [], at: Microseconds, wait: Microseconds, wasDue: Bool = true,
    inSameRead: Bool = false
  ) {
    let length = lines.reduce(0) { $0 + $1.utf8.count + 6 }
    let next = (trace.replies.last.map { $0.firstRead + $0.reads.count }) ?? 0
    let read = inSameRead ? max(0, next - 1) : next
    let command = wasDue && stage != .banner ? trace.commands.firstIndex { $0.reply == nil } : nil
    if let command {
      trace.commands[command].reply = trace.replies.count
      trace.commands[command].isAnswered = true
    }
    trace.replies.append(
      ReplyRecord(
        command: command.map { trace.commands[$0].text }, stage: stage, code: code, enhanced: nil,
        lines: lines, reads: reads ?? [length], firstRead: read, gaps: gaps, cuts: cuts, at: at,
        wait: wait, wasDue: wasDue))
  }

  mutating func greet() {
    stage(.banner, 32404, 31100)
    receive(.banner, 220, ["mx.example.com ESMTP"], at: 63504, wait: 31100)
    stage(.ehlo, 63600, 31500)
    send(.ehlo, "EHLO probe.example.org", flight: 0, at: 63600)
    receive(
      .ehlo, 250, ["mx.example.com Hello", "PIPELINING", "8BITMIME"], at: 95100, wait: 31500)
    trace.capabilities = ["PIPELINING", "8BITMIME"]
    trace.segments.append(
      SegmentRecord(
        offset: 0, length: 24, stage: .ehlo, written: 63600, sent: 63610, acknowledged: 94800))
  }

  /// The kernel's last word, and the ledger that goes with it.
  mutating func close(
    _ ending: Ending, at stage: Stage, duration: Microseconds, waited: Microseconds = 0,
    ledger: Ledger, adjust: (inout KernelFacts) -> Void = { _ in }
  ) {
    trace.ending = ending
    trace.endingStage = stage
    trace.duration = duration
    trace.waited = waited
    trace.ledger = ledger
    var facts = KernelFacts()
    facts.state = "ESTABLISHED"
    facts.roundTrip = 31200
    facts.leastRoundTrip = 30900
    facts.retransmissionTimeout = 232000
    facts.sendMSS = 1448
    facts.advertisedMSS = 1448
    facts.pathMTU = 1500
    facts.totalRetransmits = 0
    facts.peerWindow = 65536
    facts.windowScale = [7, 10]
    facts.options = ["timestamps", "sack", "wscale"]
    facts.acknowledged = ledger.acknowledged
    facts.received = ledger.received
    adjust(&facts)
    trace.snapshots = [KernelSnapshot(stage: stage, at: duration, facts: facts)]
  }
}

/// A verdict with what a sample wants to say, the rest from the trace.
func verdict(
  _ trace: Trace, _ status: SessionStatus, _ stage: Stage, exit: Int, _ summary: String,
  custody: Custody? = nil,
  pending: Pending = Pending(commands: 0, answered: 0, firstUnanswered: nil),
  error: String? = nil
) -> Verdict {
  Verdict(
    status: status, stage: stage, exitCode: exit, waited: trace.waited, summary: summary,
    custody: custody, pending: pending, ledger: trace.ledger, partialReply: trace.partialReply,
    error: error)
}
