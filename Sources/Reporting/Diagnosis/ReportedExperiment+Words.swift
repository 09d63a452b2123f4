import Diagnosis

extension ReportedExperiment {
  /// The table's columns: a title, and the width as text.
  static let columns: [(title: String, width: Int)] = [
    ("varied", 18), ("control", 13), ("variant", 17), ("failed", 9), ("gone", 8),
    ("effect", 13),
  ]

  /// One row, in the order of ``columns``.
  var cells: [String] {
    [
      knob, controlValue, variant,
      controls.total == 0 ? "-" : "\(controls.failed) of \(controls.total)",
      variants.total == 0 || effect == .impossible ? "-" : "\(gone) of \(variants.total)",
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
    case nil: "not finished"
    }
  }

  /// How the variants ended, where the effect's word leaves that open.
  var remark: String? {
    switch effect {
    case .gone where variants.failed > 0:
      "\(phrase) this failure is gone, and the sessions end elsewhere: \(variants.inWords)"
    case .other: "\(phrase): \(variants.inWords)"
    case .gone, .same, .unclear, .impossible, nil: nil
    }
  }
}
