import Diagnosis

extension ReportedExperiment {
  /// What was varied, and what came of it, in the order in which the experiments were begun.
  ///
  /// Variants of one thing that could not be made share a row: there are many where one reason stands
  /// against all, and nothing was measured.
  static func table(of experiments: [ReportedExperiment]) -> Table {
    var rows: [Table.Row] = []
    var shared: [String: Int] = [:]
    for experiment in experiments {
      if experiment.effect == .impossible, let row = shared[experiment.variation] {
        rows[row].cells[2] += ", " + experiment.variant
        continue
      }
      if experiment.effect == .impossible { shared[experiment.variation] = rows.count }
      rows.append(
        Table.Row(cells: experiment.cells, tone: experiment.effect == .gone ? .good : .plain))
    }
    return Table(columns: columns, rows: rows)
  }

  private static let columns = [
    Table.Column(title: "varied", width: 18), Table.Column(title: "control", width: 13),
    Table.Column(title: "variant", width: 17), Table.Column(title: "failed", width: 9),
    Table.Column(title: "cured", width: 8), Table.Column(title: "failure", width: 13),
  ]

  /// What the table has no room for.
  static func remarks(on experiments: [ReportedExperiment]) -> [Block] {
    var blocks: [Block] = []
    let remarks = experiments.compactMap(\.remark)
    if !remarks.isEmpty { blocks.append(.list(remarks.map { ListItem(text: $0) })) }
    if let chance = experiments.filter({ $0.effect == .gone }).compactMap(\.chance).max() {
      blocks.append(
        .paragraph(
          "A cure here would come about by chance in \(percentage(chance)) of cases at most"
            + " (Fisher's exact test).", tone: .quiet))
    }
    return blocks
  }

  private var cells: [String] {
    let wasMade = effect != .impossible
    return [
      variation, controlValue, variant,
      controls.total == 0 || !wasMade ? "-" : "\(controls.failed) of \(controls.total)",
      variants.total == 0 || !wasMade ? "-" : "\(gone) of \(variants.total)",
      effectInWords,
    ]
  }

  /// Both sides of it, for a drawing.
  var contrast: Contrast {
    Contrast(
      name: variation.replacing("_", with: " "),
      control: Contrast.Side(
        value: controlValue, failed: controls.failed, total: controls.total),
      variant: Contrast.Side(value: variant, failed: variants.failed, total: variants.total),
      result: effectInWords,
      tone: effect == .gone ? .good : effect == .same ? .bad : .quiet)
  }

  /// What becomes of the failure, in a word or two.
  private var effectInWords: String {
    switch effect {
    case .gone: "disappears"
    case .same: "stays"
    case .other: "another one"
    case .unclear: "unclear"
    case .impossible: "not possible"
    case .observed: "observed"
    case nil: "not finished"
    }
  }

  /// Whether its variants are like the control, and only show more.
  var onlyObserves: Bool { Experiment.Observation.Kind(rawValue: variation) != nil }

  /// How the variants ended, where the effect's word leaves that open.
  var remark: String? {
    switch effect {
    case .gone where variants.failed > 0:
      "\(phrase) this failure disappears, and the sessions end elsewhere: \(variants.inWords)"
        + (waits.text(of: .reply).map { "; what was missing came \($0)" } ?? "")
    case .gone: waits.text(of: .reply).map { "\(phrase) what was missing came \($0)" }
    case .other:
      "\(phrase): \(variants.inWords)"
        + (waits.text(of: .gaveUp).map { "; the server gave up \($0)" } ?? "")
    case .observed: observations.first.map { "\(phrase): \($0.inWords)" }
    case .same, .unclear, .impossible, nil: nil
    }
  }
}

/// `0.8 %`, rounded up to tenths.
private func percentage(_ chance: Double) -> String {
  let tenths = Int((chance * 1000).rounded(.up))
  return "\(tenths / 10).\(tenths % 10) %"
}
