import Diagnosis

extension ReportedExperiment {
  /// The table's columns: a title, and the width as text.
  static let columns: [(title: String, width: Int)] = [
    ("varied", 18), ("control", 13), ("variant", 17), ("failed", 9), ("gone", 8),
    ("effect", 13),
  ]

  /// The table's rows, in the order of ``columns``.
  ///
  /// Variants of one knob that could not be made share a row: there are many where one reason stands
  /// against all, and nothing was measured.
  static func rows(of experiments: [ReportedExperiment]) -> [(cells: [String], tone: Tone)] {
    var rows: [(cells: [String], tone: Tone)] = []
    var shared: [String: Int] = [:]
    for experiment in experiments {
      if experiment.effect == .impossible, let row = shared[experiment.knob] {
        rows[row].cells[2] += ", " + experiment.variant
        continue
      }
      if experiment.effect == .impossible { shared[experiment.knob] = rows.count }
      rows.append((experiment.cells, experiment.effect == .gone ? .good : .plain))
    }
    return rows
  }

  private var cells: [String] {
    let wasMade = effect != .impossible
    return [
      knob, controlValue, variant,
      controls.total == 0 || !wasMade ? "-" : "\(controls.failed) of \(controls.total)",
      variants.total == 0 || !wasMade ? "-" : "\(gone) of \(variants.total)",
      effectInWords,
    ]
  }

  /// What the knob does to the failure, in a word or two.
  private var effectInWords: String {
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

  /// Whether its variants are like the control, and only show more.
  var onlyLooks: Bool { [Knob.nudge, .hops].contains { $0.name == knob } }

  /// How the variants ended, where the effect's word leaves that open.
  var remark: String? {
    switch effect {
    case .gone where variants.failed > 0:
      "\(phrase) this failure is gone, and the sessions end elsewhere: \(variants.inWords)"
        + (waits.text(of: .reply).map { "; what was missing came \($0)" } ?? "")
    case .gone: waits.text(of: .reply).map { "\(phrase) what was missing came \($0)" }
    case .other:
      "\(phrase): \(variants.inWords)"
        + (waits.text(of: .gaveUp).map { "; the server gave up \($0)" } ?? "")
    case .observed: sightings.first.map { "\(phrase): \($0.inWords)" }
    case .same, .unclear, .impossible, nil: nil
    }
  }
}
