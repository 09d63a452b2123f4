import Diagnosis
import Reporting
import SessionTrace
import Testing

/// Diagnoses of made-up servers: the machine is driven to its end, so nothing in them is impossible.
struct SampleDiagnosis: Sendable, CustomTestStringConvertible {
  /// What the made-up server does with a session.
  enum Play {
    case ended(SessionReport)
    case impossible(String)
    case stopped
  }

  let name: String
  let report: DiagnosisReport
  /// Controls of each failure in turn, by the machine's own count.
  let controls: [Int]
  var testDescription: String { name }

  init(
    _ name: String, limit: Int = 200, addresses: [String] = ["192.0.2.25"], notes: [String] = [],
    play: (Trial) -> Play
  ) {
    var investigation = InvestigationSeries(Subject(addresses: addresses), limit: limit)
    var sessions: [DiagnosedSession] = []
    var first: SessionReport?
    var action = investigation.start()
    var waiting: [Trial] = []
    var conclusions: [InvestigationConclusion] = []
    while conclusions.isEmpty {
      switch action {
      case .conclude(let ends): conclusions = ends
      case .run(let trials): waiting += trials
      case .wait: break
      }
      guard conclusions.isEmpty, !waiting.isEmpty else { break }
      let trial = waiting.removeFirst()
      switch play(trial) {
      case .ended(let session):
        first = first ?? session
        sessions.append(DiagnosedSession(trial, session.trace, session.verdict))
        action = investigation.receive(.ended(trial, session.trace, session.verdict))
      case .impossible(let reason): action = investigation.receive(.impossible(trial, reason))
      case .stopped: action = investigation.receive(.stopped)
      }
    }
    guard let conclusion = conclusions.first else {
      preconditionFailure("the investigation has no end")
    }
    let shown = first ?? Sample.healthy.report
    let control = conclusion.control.map {
      SessionReport(tool: shown.tool, trace: $0.trace, verdict: Diagnosis.verdict(of: $0.trace))
    }
    self.name = name
    controls = conclusions.map(\.controls.count)
    report = DiagnosisReport(
      tool: shown.tool, startedAt: first?.trace.startedAt, duration: 61_204_512,
      arguments: ["smtpprobe", "diagnose", "mx.example.com", "--split", "513"],
      target: shown.trace.target, conclusion: conclusion,
      further: Array(conclusions.dropFirst()), sessions: sessions, control: control, notes: notes)
  }

  static let all: [SampleDiagnosis] = [
    .boundaryLoss, .atAnotherAddress, .notToldApart, .silence, .unexplained, .unexplainedButForSize,
    .nothingWrong, .seenInPassing, .intermittent, .turnedAway, .lockedOut, .twoFaults,
    .interrupted, .outOfSessions, .crowded, .otherFailures, .unreachable, .deferred, .nothing,
    .hostile,
  ]
}

extension SampleDiagnosis {
  /// Seed 001: only pipelined envelopes of 513 bytes stall.
  static let boundaryLoss = SampleDiagnosis("diagnosis confirmed") { trial in
    if let size = trial.variation?.envelopeSize { return .ended(.passing(size: size)) }
    return switch trial.variation {
    case .pipeliningOff, .bareEnvelope: .ended(Sample.healthy.report)
    case .fastOpenOff: .impossible("it is off already")
    case .nudge, .hops: .ended(Sample.proxied.report)
    default: .ended(Sample.stalledAfter513.report)
    }
  }

  /// One exchanger of two is silent, and the other is well.
  static let atAnotherAddress = SampleDiagnosis(
    "diagnosis of one of two", addresses: ["192.0.2.25", "203.0.113.99"]
  ) { trial in
    switch trial.variation {
    case .address("203.0.113.99"): .ended(Sample.healthy.report)
    case .nudge: .ended(.unmoved)
    case .hops: .ended(.acknowledgedAtTheAddress)
    default: .ended(Sample.stalledAfter513.report)
    }
  }

  /// The same, and behind it a server that never answers QUIT.
  static let twoFaults = SampleDiagnosis("diagnosis two faults") { trial in
    let variation = trial.base.first ?? trial.variation
    if let size = variation?.envelopeSize { return .ended(.silent(size: size)) }
    return switch variation {
    case .pipeliningOff, .bareEnvelope: .ended(.silent(size: 513))
    case .fastOpenOff: .impossible("it is off already")
    case .nudge, .hops: .ended(Sample.proxied.report)
    default: .ended(Sample.stalledAfter513.report)
    }
  }

  /// One command at a time passes, and sizes cannot be varied: all that reads a flight badly fits.
  static let notToldApart = SampleDiagnosis("diagnosis not isolated") { trial in
    if trial.variation?.envelopeSize != nil { return .impossible("the envelope cannot be padded") }
    return switch trial.variation {
    case .pipeliningOff: .ended(Sample.healthy.report)
    case .nudge, .hops: .ended(Sample.proxied.report)
    default: .ended(Sample.stalledAfter513.report)
    }
  }

  /// Nothing that is varied makes a difference: a hung server, or whatever looks like one.
  static let silence = SampleDiagnosis("diagnosis of a silence") { trial in
    if let size = trial.variation?.envelopeSize { return .ended(.stalling(size: size)) }
    return switch trial.variation {
    case .nudge: .ended(.unmoved)
    case .hops: .ended(.acknowledgedAtTheAddress)
    default: .ended(Sample.stalledAfter513.report)
    }
  }

  /// The same where the server closes, which nothing that is known does whatever is varied.
  static let unexplained = SampleDiagnosis("diagnosis no cause") { trial in
    var report = Sample.stalledAfter513.report
    report.verdict.status = .closed
    report.verdict.custody = nil
    if let size = trial.variation?.envelopeSize { report.trace.envelope?.size = size }
    return .ended(report)
  }

  /// The same, and small segments get past it as well as one command at a time, which no cause explains.
  static let unexplainedButForSize = SampleDiagnosis("diagnosis workaround") { trial in
    var report = Sample.stalledAfter513.report
    let words = ["smtpprobe", "mx.example.com", "--split", "513"]
    if let variation = trial.variation, ["mss", "pipelining"].contains(variation.name) {
      report = Sample.healthy.report
      report.trace.arguments = words + ["--" + variation.name, variation.value]
      return .ended(report)
    }
    report.trace.arguments = words
    report.verdict.status = .closed
    report.verdict.custody = nil
    if let size = trial.variation?.envelopeSize { report.trace.envelope?.size = size }
    return .ended(report)
  }

  static let nothingWrong = SampleDiagnosis("diagnosis ok") { _ in
    .ended(Sample.healthy.report)
  }

  /// A reply in two segments, and a client that can bear it.
  static let seenInPassing = SampleDiagnosis("diagnosis in passing") { _ in
    var trace = Sample.healthy.report.trace
    trace.replies[0].reads = [4, 23]
    trace.replies[0].gaps = [40_000]
    trace.replies[0].cuts = ["in_line"]
    return .ended(
      SessionReport(
        tool: Sample.healthy.report.tool, trace: trace, verdict: Sample.healthy.report.verdict))
  }

  static let intermittent = SampleDiagnosis("diagnosis intermittent") { trial in
    .ended(trial.number % 3 == 1 ? Sample.stalledAfter513.report : Sample.healthy.report)
  }

  /// The third session as given is told to go away.
  static let turnedAway = SampleDiagnosis("diagnosis turned away") { trial in
    guard trial.number > 2, trial.variation == nil else {
      return .ended(Sample.stalledAfter513.report)
    }
    var trace = Sample.stalledAfter513.report.trace
    trace.replies[0].code = 421
    return .ended(
      SessionReport(
        tool: Sample.healthy.report.tool, trace: trace,
        verdict: verdict(trace, .deferred, .banner, exit: 41, "the server said 421")))
  }

  /// Six sessions are served, and then nobody is there any more.
  static let lockedOut = SampleDiagnosis("diagnosis locked out") { trial in
    .ended(trial.number > 6 ? Sample.unreachable.report : Sample.stalledAfter513.report)
  }

  static let interrupted = SampleDiagnosis("diagnosis interrupted") { trial in
    trial.number > 1 ? .stopped : .ended(Sample.stalledAfter513.report)
  }

  static let outOfSessions = SampleDiagnosis("diagnosis out of sessions", limit: 9) { trial in
    trial.variation == .pipeliningOff
      ? .ended(Sample.healthy.report) : .ended(Sample.stalledAfter513.report)
  }

  /// A server that leaves one of several sessions at a time without a greeting.
  static let crowded: SampleDiagnosis = {
    var isFirst = true
    return SampleDiagnosis("diagnosis crowded") { trial in
      switch trial.variation {
      case .pipeliningOff where isFirst:
        isFirst = false
        return .ended(Sample.unreachable.report)
      case .pipeliningOff: return .ended(Sample.healthy.report)
      default: return .ended(Sample.stalledAfter513.report)
      }
    }
  }()

  /// Variants that pass at times, fail otherwise, or cannot be made.
  static let otherFailures: SampleDiagnosis = {
    var isWell = false
    return SampleDiagnosis("diagnosis unclear") { trial in
      if trial.variation?.wait != nil { return .ended(Sample.tlsFailure.report) }
      if trial.variation?.envelopeSize != nil { return .ended(Sample.resetWith552Waiting.report) }
      switch trial.variation {
      case nil: return .ended(Sample.stalledAfter513.report)
      case .pipeliningOff:
        isWell.toggle()
        return .ended(isWell ? Sample.healthy.report : Sample.stalledAfter513.report)
      default: return .impossible("this host cannot")
      }
    }
  }()

  static let unreachable = SampleDiagnosis("diagnosis unreachable") { _ in
    .ended(Sample.unreachable.report)
  }

  /// A temporary refusal is not tried again.
  static let deferred = SampleDiagnosis("diagnosis deferred") { _ in
    var trace = Sample.healthy.report.trace
    trace.replies[3].code = 451
    trace.replies[3].lines = ["4.7.1 Greylisted, try again later"]
    return .ended(
      SessionReport(
        tool: Sample.healthy.report.tool, trace: trace,
        verdict: verdict(trace, .deferred, .rcpt, exit: 46, "the server put off RCPT TO: 451")))
  }

  /// Ended before anything was seen.
  static let nothing = SampleDiagnosis("diagnosis of nothing") { _ in .stopped }

  /// Every string of a trace, of a note and of an obstacle as bad as can be.
  static let hostile: SampleDiagnosis = {
    let bad = "\u{1B}[31m</pre>|`````\u{202E}\n# h" + String(repeating: "x", count: 90)
    var report = Sample.hostile.report
    report.trace.tls = nil
    report.trace.envelope = Sample.stalledAfter513.report.trace.envelope
    report.trace.capabilities.append("PIPELINING")
    report.trace.options = ["split": .text(bad), "pipelining": .text(bad), "mss": .text(bad)]
    report.trace.ending = .timedOut(.reply)
    report.trace.ledger = Ledger(written: 200, sent: 200, acknowledged: 200)
    report.verdict = Diagnosis.verdict(of: report.trace)
    return SampleDiagnosis("diagnosis hostile", notes: [bad]) { trial in
      trial.variation == nil || trial.variation == .pipeliningOff
        ? .ended(report) : .impossible(bad)
    }
  }()
}

extension SessionReport {
  /// A session with an envelope of `size` bytes and as many commands as the stalled one's, that passes.
  fileprivate static func passing(size: Int) -> SessionReport {
    sized(size, .ok, Sample.healthy.report.verdict)
  }

  /// A nudge into the silence brings nothing.
  fileprivate static var unmoved: SessionReport {
    var report = Sample.stalledAfter513.report
    report.trace.commands[0].isAnswered = true
    report.trace.nudge = NudgeRecord(
      sent: 30_095_300, acknowledged: 30_126_500, listened: 5_000_000)
    return report
  }

  /// Acknowledgements come from as far as the address is.
  fileprivate static var acknowledgedAtTheAddress: SessionReport {
    var report = unmoved
    report.trace.hops = HopsRecord(
      acknowledgedAtTTL: 5, greatestTTL: 5, pathHops: 5,
      reporters: [HopReporter(ttl: 5, address: "192.0.2.25")])
    return report
  }

  /// The same whose QUIT is not answered.
  fileprivate static func silent(size: Int) -> SessionReport {
    var report = passing(size: size)
    report.verdict.status = .stalled
    report.verdict.stage = .quit
    report.verdict.custody = .acknowledgedUnanswered
    report.verdict.exitCode = 19
    return report
  }

  /// The same that stalls.
  fileprivate static func stalling(size: Int) -> SessionReport {
    sized(size, .stalled, Sample.stalledAfter513.report.verdict)
  }

  private static func sized(
    _ size: Int, _ status: SessionStatus, _ verdict: Verdict
  ) -> SessionReport {
    var report = Sample.stalledAfter513.report
    report.trace.envelope?.size = size
    report.verdict = verdict
    return report
  }
}
