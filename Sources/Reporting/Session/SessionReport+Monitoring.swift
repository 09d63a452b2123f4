import Diagnosis
import SessionTrace

/// A session as programs see it that watch and count.
extension SessionReport {
  /// One case: that mail goes through, or that what was expected happens.
  var cases: Block {
    let isWell = exitCode == 0
    let isOurs = verdict.status == .interrupted || verdict.status == .internalError
    let told: [String?] = [
      "\(verdict.title): \(verdict.summary)", expectation.map { "expected: \($0)" },
      verdict.custody.map { "custody: \($0.rawValue) - \($0.reading(in: trace))" },
      "ledger: " + verdict.ledger.inWords, "again: \(command.line)",
    ]
    let one = TestCase(
      suite: trace.target.given, name: expectation.map { "ends \($0)" } ?? "takes mail",
      duration: trace.duration, verdict: isWell ? nil : isOurs ? .error : .failure,
      details: isWell ? [] : told.compactMap(\.self))
    return .cases(name: "smtpprobe", [one])
  }

  /// How the server does, and the session's numbers.
  var vitals: Block {
    .vitals(
      Vitals(
        health: health, sentence: "\(verdict.title): \(verdict.summary)", metrics: metrics))
  }

  private var health: Vitals.Health {
    if let expectation { return expectation.isMet(by: verdict) ? .ok : .critical }
    switch verdict.status {
    case .ok: return .ok
    case .deferred: return .warning
    case .rejected, .stalled, .closed, .reset, .unreachable, .tlsFailed, .protocolError:
      return .critical
    case .interrupted, .internalError: return .unknown
    }
  }

  private var metrics: [Metric] {
    let ledger = verdict.ledger
    let target = [(name: "target", value: trace.target.given)]
    let bytes = [
      ("written", ledger.written), ("sent", ledger.sent), ("acknowledged", ledger.acknowledged),
      ("answered", ledger.answered), ("received", ledger.received),
    ]
    let outcome = [
      ("status", verdict.status.rawValue), ("stage", verdict.stage.rawValue),
      ("custody", verdict.custody?.rawValue ?? "none"),
    ]
    var metrics = [
      Metric(
        "smtpprobe_success", help: "Whether the session ended as it should.",
        [.init(exitCode == 0 ? 1 : 0, target)]),
      Metric(
        "smtpprobe_session_info", help: "How the session ended, where, and who had the bytes.",
        [.init(1, target + outcome.map { (name: $0, value: $1) })]),
      Metric(
        "smtpprobe_exit_code", help: "Exit status, see smtpprobe manual exit-status.",
        [.init(exitCode, target)]),
      Metric(
        "smtpprobe_duration_seconds", help: "How long the session took.",
        [.init(microseconds: trace.duration, target)], short: ("time", "s")),
      Metric(
        "smtpprobe_waited_seconds", help: "How long the wait was that ended the session.",
        [.init(microseconds: trace.waited, target)], short: ("waited", "s")),
      Metric(
        "smtpprobe_stage_duration_seconds", help: "How long each stage took that ended.",
        stageDurations.map { stage, duration in
          .init(microseconds: duration, target + [(name: "stage", value: stage)])
        }),
      Metric(
        "smtpprobe_ledger_bytes", help: "Our bytes by how far they got, and those received.",
        bytes.map { .init($1, target + [(name: "ledger", value: $0)]) }),
    ]
    if let roundTrip = trace.finalFacts?.roundTrip {
      metrics.append(
        Metric(
          "smtpprobe_round_trip_seconds", help: "Smoothed round trip, by the kernel.",
          [.init(microseconds: roundTrip, target)], short: ("rtt", "s")))
    }
    if let again = trace.finalFacts?.totalRetransmits {
      metrics.append(
        Metric(
          "smtpprobe_retransmitted_segments", help: "Segments retransmitted, by the kernel.",
          [.init(again, target)], short: ("retransmitted", "")))
    }
    return metrics
  }

  /// A stage that was entered twice, as EHLO is, counts with both.
  private var stageDurations: [(stage: String, duration: Microseconds)] {
    Stage.allCases.compactMap { stage in
      let spans = trace.stages.filter { $0.name == stage }.compactMap(\.duration)
      return spans.isEmpty ? nil : (stage.rawValue, spans.reduce(0, &+))
    }
  }
}

extension Ledger {
  /// All of it in a line.
  var inWords: String {
    "written \(written), sent \(sent), acknowledged \(acknowledged), answered \(answered),"
      + " unsent \(unsent); received \(received)"
  }
}
