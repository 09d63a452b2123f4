import Diagnosis
import Glibc
import Reporting
import SessionTrace
import Testing

/// A session with very much of one thing.
struct Load: Sendable, CustomTestStringConvertible {
  let name: String
  let fill: @Sendable (inout Trace, Int) -> Void
  var testDescription: String { name }

  /// The session with `number` of it, as it comes from the probe or from a file, and not yet bounded.
  func trace(_ number: Int) -> Trace {
    var session = Session(arguments: ["smtpprobe", "mx.example.com"])
    session.connect()
    session.greet()
    fill(&session.trace, number)
    session.trace.ending = .timedOut(.reply)
    session.trace.endingStage = .rcpt
    session.trace.duration = 90_000_000
    session.trace.waited = 30_000_000
    let end = session.trace.commands.last?.end ?? 0
    session.trace.ledger = Ledger(written: end, sent: end, acknowledged: end, answered: 0)
    return session.trace
  }

  /// The report on it, as everybody gets it.
  func report(_ number: Int) -> SessionReport {
    var trace = trace(number)
    trace.bound()
    return Self.report(trace)
  }

  static func report(_ trace: Trace) -> SessionReport {
    SessionReport(
      tool: ToolRecord(version: "0.1.0", environment: trace.environment), trace: trace,
      verdict: verdict(of: trace))
  }

  /// Recipients, the first `answered` of a hundred parts with replies of these codes in turn.
  private static func recipients(
    _ name: String, codes: [Int], answered: Int = 100, isPipelined: Bool = true, refused: Int? = nil
  ) -> Load {
    Load(name: name) { trace, number in
      for index in 0..<number {
        let start = trace.commands.last?.end ?? 0
        let isAnswered = index < number * answered / 100
        let text = "RCPT TO:<user\(index)@example.org>"
        if isAnswered {
          let code = refused.map { index == number * $0 / 100 ? 550 : codes[0] }
          trace.replies.append(
            ReplyRecord(
              command: text, stage: .rcpt, code: code ?? codes[index % codes.count], enhanced: nil,
              lines: ["2.1.5 Ok"], reads: [14], firstRead: index + 2,
              at: 200_000 + Microseconds(index), wait: 10,
              wasDue: true))
        }
        trace.commands.append(
          CommandRecord(
            stage: .rcpt, text: text, start: start, end: start + text.utf8.count + 2,
            flight: isPipelined ? 5 : 5 + index, written: 100_000 + Microseconds(index),
            isAnswered: isAnswered,
            reply: isAnswered ? trace.replies.count - 1 : nil))
      }
    }
  }

  /// Messages over one connection, as many as may be asked for, each with many recipients: all taken but the last,
  /// which is refused at MAIL or has no answer there.
  private static func messages(_ name: String, last code: Int?) -> Load {
    Load(name: name) { trace, number in
      let messages = min(249, number / 8)
      trace.options["messages"] = .number(messages + 1)
      trace.content = ContentRecord(start: 24)
      for message in 0..<messages {
        trace.exchange(.mail, "MAIL FROM:<>", 250)
        for index in 0..<(number / messages) {
          trace.exchange(.rcpt, "RCPT TO:<user\(index)@example.org>", 250)
        }
        trace.exchange(.data, "DATA", 354)
        trace.exchange(.dot, ".", 250)
        if message % 2 == 0 { trace.exchange(.quit, "RSET", 250) }
      }
      trace.exchange(.mail, "MAIL FROM:<>", code)
    }
  }

  static let dialogues: [Load] = [
    messages("messages, the last refused", last: 452),
    messages("messages, the last silent", last: nil),
    recipients("recipients, all accepted", codes: [250]),
    recipients("recipients, none answered", codes: [250], answered: 0),
    recipients("recipients, the first half answered", codes: [250], answered: 50),
    recipients("recipients, one by one", codes: [250], isPipelined: false),
    recipients("recipients, one refused", codes: [250], refused: 47),
    recipients("recipients, all refused", codes: [550]),
    recipients("recipients, each other one refused", codes: [250, 452]),
    recipients("recipients, each with another code", codes: Array(400...559)),
  ]

  static let all: [Load] =
    dialogues + [
      Load(name: "words in a reply") { trace, number in
        trace.replies[0].lines = [String(repeating: "word ", count: number)]
      },
      Load(name: "one word in a reply") { trace, number in
        trace.replies[0].lines = [String(repeating: #"\x07"#, count: number)]
      },
      Load(name: "lines of a reply") { trace, number in
        trace.replies[0].lines = Array(
          repeating: "mx.example.com ::error:: ##[group]", count: number)
      },
      Load(name: "reads of a reply") { trace, number in
        trace.replies[0].reads = Array(repeating: 1, count: number)
        trace.replies[0].gaps = Array(repeating: 7, count: number - 1)
        trace.replies[0].cuts = Array(repeating: "in_line", count: number - 1)
      },
      Load(name: "replies that nobody asked for") { trace, number in
        for index in 0..<number {
          trace.replies.append(
            ReplyRecord(
              command: nil, stage: .mail, code: 250, enhanced: nil, lines: ["ok"], reads: [8],
              firstRead: index, at: 200_000, wait: 0, wasDue: false))
        }
      },
      Load(name: "bytes of a command") { trace, number in
        trace.commands.append(
          CommandRecord(
            stage: .mail, text: "MAIL FROM:<\(String(repeating: "x", count: number))>", start: 0,
            end: number + 14, flight: 2, written: 100))
      },
      Load(name: "violations") { trace, number in
        trace.violations = Array(
          repeating: Violation(
            kind: .bareLineFeed, stage: .mail, at: 5, bytes: #"250 ok\n"#, isFatal: false),
          count: number)
      },
      Load(name: "notes") { trace, number in
        trace.notes = Array(repeating: "padding: a note", count: number)
      },
      Load(name: "stages") { trace, number in
        trace.stages = (0..<number).map {
          StageSpan(
            name: $0 % 2 == 0 ? .mail : .rcpt, start: 200_000 + Microseconds($0),
            duration: 40_000_000)
        }
      },
      Load(name: "looks at the kernel") { trace, number in
        var facts = KernelFacts()
        facts.received = 100
        trace.snapshots = (0..<number).map {
          KernelSnapshot(stage: .rcpt, at: Microseconds($0), facts: facts)
        }
      },
      Load(name: "attempts") { trace, number in
        let failure = SystemFailure(
          call: "connect", name: "ECONNREFUSED", code: 111, text: "Connection refused")
        trace.attempts = (0..<number).map {
          ConnectionAttempt(
            address: "192.0.2.\($0 % 256)", port: 25, start: Microseconds($0), duration: 1,
            failure: failure,
            failureOrigin: "rst")
        }
      },
      Load(name: "capabilities") { trace, number in
        trace.capabilities = (0..<number).map { "X-FEATURE-\($0)" }
      },
      Load(name: "segments") { trace, number in
        for index in 0..<number {
          trace.segments.append(
            SegmentRecord(
              offset: index, length: 1, stage: .mail, written: 100_000 + Microseconds(index),
              sent: 100_000 + Microseconds(index),
              acknowledged: 200_000 + Microseconds(index), asPlanned: true))
        }
      },
      Load(name: "names in a certificate") { trace, number in
        trace.tls = TLSSummary(
          version: "TLS1.3", cipher: "AES-256-GCM", group: "X25519", description: "TLS1.3",
          serverName: "mx.example.com", alpn: nil, resumed: false,
          certificates: [
            CertificateSummary(
              subject: "CN=mx.example.com", issuer: "CN=mx.example.com",
              notBefore: "2026-01-01T00:00:00Z", notAfter: "2027-01-01T00:00:00Z",
              names: (0..<number).map { "host\($0).example.com" }, key: "RSA 2048",
              fingerprint: String(repeating: "0", count: 64))
          ],
          verified: false, verificationProblems: [], clientHelloLength: 300)
      },
    ]
}

extension Trace {
  /// A command by itself, and its reply where there is one.
  fileprivate mutating func exchange(_ stage: Stage, _ text: String, _ code: Int?) {
    let start = commands.last?.end ?? 0
    let at = 200_000 + 20 * Microseconds(commands.count)
    commands.append(
      CommandRecord(
        stage: stage, text: text, start: start, end: start + text.utf8.count + 2,
        flight: 5 + commands.count, written: at, isAnswered: code != nil,
        reply: code.map { _ in replies.count }))
    guard let code else { return }
    replies.append(
      ReplyRecord(
        command: text, stage: stage, code: code, enhanced: nil, lines: ["words"], reads: [11],
        firstRead: replies.count, at: at + 10, wait: 10, wasDue: true))
  }
}

@Suite("A report has bounds, whatever a session brings")
struct BoundsTests {
  /// The least CPU time of two tries: others on the machine add to none of them.
  private func work(_ task: () -> Void) -> Double {
    (0..<2).map { _ in
      let before = cpuSeconds()
      task()
      return cpuSeconds() - before
    }.min() ?? 0
  }

  private func cpuSeconds() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private static let formats = ReportFormat.all(of: .session)

  @Test("Twice as much makes no document more than twice as long", arguments: Load.all)
  func output(load: Load) {
    let (short, long) = (load.report(300), load.report(600))
    for format in Self.formats {
      let lengths = [short, long].map { format.render($0, style: .plain).count }
      #expect(Double(lengths[1]) <= 2.2 * Double(lengths[0]), "\(format): \(lengths)")
    }
  }

  /// Quadratic work would be sixty-four times as much.
  @Test(
    "Eight times as much costs no format much more than eight times the work", arguments: Load.all)
  func work(load: Load) {
    let (short, long) = (load.report(50), load.report(400))
    for format in Self.formats {
      let first = work { _ = format.render(short, style: .plain) }
      let second = work { _ = format.render(long, style: .plain) }
      #expect(second <= 24 * max(first, 0.000_5), "\(format): \(first) and \(second) seconds")
    }
  }

  @Test("No amount of anything makes a document long", arguments: Load.all)
  func most(load: Load) {
    let report = load.report(12_000)
    for format in Self.formats {
      let length = format.render(report, style: .plain).count
      #expect(length < (format == .json || format == .trace ? 4 : 1) << 20, "\(format): \(length)")
    }
  }

  @Test("What is left out is counted", arguments: Load.dialogues)
  func counted(load: Load) {
    let whole = load.trace(5_000)
    var trace = whole
    trace.bound()
    #expect(trace.commands.count + trace.leftOut(.commands) == whole.commands.count)
    #expect(trace.replies.count + trace.leftOut(.replies) == whole.replies.count)
    #expect(trace.commands.count < 2_049)
    #expect(trace.allReplies.map(\.code).sorted() == whole.replies.map(\.code).sorted())
    #expect(
      trace.allCommands.count(where: \.isAnswered) == whole.commands.count(where: \.isAnswered))
    for command in trace.commands {
      #expect(command.reply.map { trace.replies[$0].command == command.text } ?? true)
    }
    var again = trace
    again.bound()
    #expect(again == trace, "what is within bounds stays as it is")
  }

  @Test("What is left out changes no verdict", arguments: Load.dialogues)
  func verdicts(load: Load) {
    for stage in [Stage.rcpt, .data] {
      for ending in [Ending.timedOut(.reply), .finished, .endOfStream] {
        var whole = load.trace(3_000)
        whole.ending = ending
        whole.endingStage = stage
        var trace = whole
        trace.bound()
        #expect(verdict(of: trace) == verdict(of: whole))
        #expect(hazards(of: trace) == hazards(of: whole))
      }
    }
  }

  @Test("A report that was written without bounds is read, judged alike, and says what it left out")
  func older() throws {
    let whole = Load.report(Load.dialogues[2].trace(6_000))
    let json = ReportFormat.json.render(whole, style: .plain)
    let read = try SavedReport(json: json).report
    #expect(read.verdict == whole.verdict)
    #expect(read.trace.commands.count + read.trace.leftOut(.commands) == whole.trace.commands.count)
    #expect(ReportFormat.json.render(read, style: .plain).count < json.count / 4)
    let text = String(decoding: ReportFormat.text.render(read, style: .plain), as: UTF8.self)
    #expect(text.contains("more of the commands, left out of this report"))
  }
}
