import Diagnosis
import SessionTrace

/// A diagnosis as programs see it that count.
extension DiagnosisReport {
  /// The sessions as given are a case, and those of each variation: it is well where none of them failed.
  var cases: Block {
    let controls = given.controls
    let isKnown = controls.total > 0
    let asGiven = TestCase(
      suite: target.given, name: "as given", duration: duration(of: nil),
      verdict: !isKnown ? .error : controls.failed > 0 ? .failure : nil,
      details: isKnown && controls.failed == 0 ? [] : ["\(title): \(summary)"] + causesInWords)
    return .cases(name: "smtpprobe diagnose", [asGiven] + experiments.map(testCase))
  }

  private func testCase(of experiment: ReportedExperiment) -> TestCase {
    let behind = experiment.base.isEmpty ? "" : " (\(experiment.base.joined(separator: ", ")))"
    let wasMade = experiment.effect != .impossible && experiment.variants.total > 0
    let isWell = wasMade && experiment.variants.failed == 0
    return TestCase(
      suite: target.given, name: experiment.phrase + behind,
      duration: duration(of: (experiment.variation, experiment.variant)),
      verdict: !wasMade ? .skipped : isWell ? nil : .failure,
      details: !wasMade
        ? [experiment.obstacle ?? "not made"] : isWell ? [] : [experiment.variants.inWords])
  }

  /// Of all sessions of a variation, or of the controls.
  private func duration(of variant: (name: String, value: String)?) -> Microseconds {
    sessions.filter { $0.variation == variant?.name && $0.variant == variant?.value }
      .reduce(0) { $0 &+ $1.duration }
  }

  private var causesInWords: [String] {
    layers.flatMap(\.causes).filter { $0.grade <= .consistent }.map {
      "\($0.grade.text): \(name(of: $0))" + (headline(of: $0).map { ", \($0)" } ?? "")
    }
  }

  var vitals: Block {
    let target = [(name: "target", value: target.given)]
    let causes = layers.flatMap(\.causes).filter { $0.grade <= .consistent }
    let health: Vitals.Health =
      result.exitCode == 0 ? .ok : result.exitCode == 1 ? .critical : .unknown
    let sides = [
      ("as_given", sessions.filter(\.isControl)), ("varied", sessions.filter { !$0.isControl }),
    ]
    return .vitals(
      Vitals(
        health: health, sentence: "\(title): \(summary)",
        metrics: [
          Metric(
            "smtpprobe_diagnosis_sessions", help: "Sessions, as given and varied.",
            sides.map { .init($1.count, target + [(name: "side", value: $0)]) }),
          Metric(
            "smtpprobe_diagnosis_sessions_failed", help: "Those of them that did not end well.",
            sides.map { side, sessions in
              .init(
                sessions.count { $0.status != .ok }, target + [(name: "side", value: side)])
            }),
          Metric(
            "smtpprobe_diagnosis_cause", help: "Causes that are confirmed or consistent.",
            causes.map { cause in
              .init(
                1,
                target + [
                  (name: "cause", value: cause.id.rawValue),
                  (name: "grade", value: cause.grade.rawValue),
                ])
            }),
          Metric(
            "smtpprobe_diagnosis_duration_seconds", help: "How long the diagnosis took.",
            [.init(microseconds: duration, target)]),
          Metric(
            "smtpprobe_exit_code", help: "Exit status, see smtpprobe manual exit-status.",
            [.init(result.exitCode, target)]),
        ]))
  }
}
