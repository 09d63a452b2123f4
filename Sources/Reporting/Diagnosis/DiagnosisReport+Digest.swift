import Diagnosis
import SessionTrace

extension DiagnosisReport {
  /// `CAUSE_FOUND (A1) reseg-boundary-loss confirmed, 6/6 failed as given, 41 sessions 9.2s mx.example.com`.
  package var digest: [String] {
    let word = title.split(separator: " (", maxSplits: 1)
    let codes = word.dropFirst().map { " (\($0)" }.joined()
    let status = (word.first ?? "").map { $0 == " " ? "_" : $0 }
    let causes = best.prefix(3).map { "\($0.id) \($0.grade.text)" }.joined(separator: ", ")
    let controls = given.controls
    return [
      "\(String(status))\(codes) " + (causes.isEmpty ? "" : causes + ", ")
        + "\(controls.failed)/\(controls.total) failed as given,"
        + " \(count(sessions.count, "session")) \(tenthsText(duration))s \(target.inLine)"
    ]
  }
}
