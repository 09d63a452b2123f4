import Diagnosis
import SessionTrace

extension Experiment.Observation {
  /// What was seen, and how, in one line.
  var inWords: String {
    let shown = 200
    if let nudge, let first = nudge.first {
      let cut = nudge.text.count > shown ? "..." : ""
      return "\(text). After \(durationText(max(0, first - nudge.sent))) came"
        + " \(count(nudge.receivedBytes, "byte")): \(nudge.text.prefix(shown))\(cut)"
    }
    if let nudge { return "\(text). We listened for \(durationText(nudge.listened))." }
    return text + "." + (hops?.wayInWords ?? "")
  }
}
