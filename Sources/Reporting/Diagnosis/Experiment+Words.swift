import Diagnosis
import SessionTrace

extension Experiment {
  /// The table's columns: a title, and the width as text.
  static let columns: [(title: String, width: Int)] = [
    ("varied", 18), ("control", 13), ("variant", 17), ("failed", 9), ("gone", 8),
    ("effect", 13),
  ]

  /// One row, in the order of ``columns``.
  var cells: [String] {
    let failed = controls.count { $0.status != .ok }
    return [
      knob.name, controlValue, knob.value,
      controls.isEmpty ? "-" : "\(failed) of \(controls.count)",
      outcomes.isEmpty || effect == .impossible ? "-" : "\(gone) of \(outcomes.count)",
      effectInWords,
    ]
  }

  /// What the knob does to the failure, in a word or two.
  var effectInWords: String {
    switch effect {
    case .gone: "gone"
    case .same: "same"
    case .other: "another failure"
    case .unclear: "unclear"
    case .impossible: "not possible"
    case .observed: "observed"
    case nil: "not finished"
    }
  }

  /// How the variants ended, where the effect's word leaves that open.
  var remark: String? {
    switch effect {
    case .gone where outcomes.contains { $0.status != .ok }:
      "\(knob.phrase) this failure is gone, and the sessions end elsewhere:"
        + " \(outcomesInWords(outcomes))"
    case .other: "\(knob.phrase): \(outcomesInWords(outcomes))"
    case .observed: sightings.first.map { "\(knob.phrase): \($0.inWords)" }
    case .gone, .same, .unclear, .impossible, nil: nil
    }
  }
}

extension Sighting {
  /// What was seen, and how, in one line.
  fileprivate var inWords: String {
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
