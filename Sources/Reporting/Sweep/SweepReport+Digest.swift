import Diagnosis
import SessionTrace

extension SweepReport {
  /// `FOUND --split 513,1025 fail, 61 of 1100 tested 12.3s mx.example.com`.
  package var digest: [String] {
    let failing = rows.filter { $0.result == .fails || $0.result == .intermittent }.map(\.value)
    let shown = failing.prefix(8).map(String.init).joined(separator: ",")
    let more = failing.count > 8 ? ",... (\(failing.count))" : ""
    let word = conclusion.title.map { $0 == " " ? "_" : $0 }
    let found = failing.isEmpty ? "" : " \(shown)\(more) \(failing.count == 1 ? "fails" : "fail"),"
    return [
      "\(String(word)) \(conclusion.option.flag)\(found) \(conclusion.tested) of"
        + " \(conclusion.range.count) tested \(tenthsText(duration))s \(target.given)"
    ]
  }
}
