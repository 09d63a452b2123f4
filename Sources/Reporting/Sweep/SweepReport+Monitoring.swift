import Diagnosis
import SessionTrace

/// A sweep as programs see it that count.
extension SweepReport {
  /// A case for each value.
  var cases: Block {
    .cases(
      name: "smtpprobe sweep",
      rows.map { row in
        TestCase(
          suite: target.given, name: "\(plan.option.flag) \(row.value)", duration: 0,
          verdict: row.verdict, details: row.verdict == nil ? [] : [row.inWords])
      })
  }

  var vitals: Block {
    let labels = [
      (name: "target", value: target.given), (name: "option", value: plan.option.rawValue),
    ]
    let results: [(SweepRow.Result, String)] = [
      (.passes, "passes"), (.fails, "fails"), (.intermittent, "intermittent"),
      (.untestable, "untestable"),
    ]
    var metrics = [
      Metric(
        "smtpprobe_sweep_values", help: "Values tested, by what came of them.",
        results.map { result, name in
          .init(rows.count { $0.result == result }, labels + [(name: "result", value: name)])
        }),
      Metric(
        "smtpprobe_sweep_sessions", help: "Sessions that told something.",
        [.init(conclusion.sessions, labels)]),
      Metric(
        "smtpprobe_sweep_duration_seconds", help: "How long the sweep took.",
        [.init(microseconds: duration, labels)]),
      Metric(
        "smtpprobe_exit_code", help: "Exit status, see smtpprobe manual exit-status.",
        [.init(conclusion.exitCode, labels)]),
    ]
    if let lowest = rows.filter({ $0.result == .fails }).map(\.value).min() {
      metrics.append(
        Metric(
          "smtpprobe_sweep_lowest_failing_value", help: "The lowest value that fails every time.",
          [.init(lowest, labels)]))
    }
    let health: Vitals.Health =
      conclusion.exitCode == 0 ? .ok : conclusion.exitCode == 1 ? .critical : .unknown
    return .vitals(Vitals(health: health, sentence: conclusion.sentence, metrics: metrics))
  }
}

extension SweepRow {
  /// What came of it for programs that count failures.
  fileprivate var verdict: TestCase.Verdict? {
    switch result {
    case .passes: nil
    case .fails, .intermittent: .failure
    case .untestable: .skipped
    }
  }

  fileprivate var inWords: String {
    guard let shown else { return "no session could send what the value says" }
    return "\(shown.label): \(failed) of \(count(tries, "session")) failed"
  }
}
