import Diagnosis

/// One row of the matrix: a truth, and what diagnoses told where it is at work.
struct ConfusionRow: Equatable {
  /// `A1 reseg-boundary-loss`, or what else may be at work.
  var truth: String
  /// What was told and how often, the commonest first.
  var told: [(words: String, count: Int)]

  /// `A1 confirmed x2, no cause x1`.
  var words: String { told.map { "\($0.words) x\($0.count)" }.joined(separator: ", ") }

  static func == (left: ConfusionRow, right: ConfusionRow) -> Bool {
    left.truth == right.truth && left.words == right.words
  }
}

extension ConfusionReport {
  /// The matrix, without the rows of which there is no run.
  ///
  /// A run in which several entries are at work counts in the row of each.
  var rows: [ConfusionRow] {
    let failing = results.filter { $0.truth.course == .failing && $0.truth.isKnown }
    var rows = Catalogue.causes.compactMap { entry in
      row(
        "\(entry.code) \(entry.id)", failing.filter { $0.truth.shows.contains(entry.id) },
        entry.id)
    }
    rows += Catalogue.remarks.compactMap { remark in
      row(remark.id.rawValue, failing.filter { $0.truth.shows.contains(remark.id) }, remark.id)
    }
    let others = failing.filter(\.truth.shows.isEmpty)
    rows += [
      row("none, like an entry", others.filter { !$0.truth.looksLike.isEmpty }),
      row("none", others.filter(\.truth.looksLike.isEmpty)),
      row("intermittent", results.filter { $0.truth.course == .changing && $0.truth.isKnown }),
      row("nothing wrong", results.filter { $0.truth.course == .healthy && $0.truth.isKnown }),
      row("not said", results.filter { !$0.truth.isKnown }),
    ].compactMap { $0 }
    return rows
  }

  /// The entries of which there is no row: no run that was played fails by them.
  var entriesWithoutRun: [CauseID] {
    let shown = Set(results.filter { $0.truth.course == .failing }.flatMap(\.truth.shows))
    return Catalogue.causes.map(\.id).filter { !shown.contains($0) }
  }

  /// The entries that make runs fail, and were named in none of these.
  var unrecognised: [CauseID] {
    let failing = results.filter { $0.truth.course == .failing }
    return Catalogue.causes.map(\.id).filter { id in
      let runs = failing.filter { $0.truth.shows.contains(id) }
      return !runs.isEmpty && !runs.contains { $0.told?.causes.contains { $0.id == id } == true }
    }
  }

  private func row(
    _ truth: String, _ results: [ConfusionResult], _ entry: CauseID? = nil
  ) -> ConfusionRow? {
    guard !results.isEmpty else { return nil }
    var counts: [String: Int] = [:]
    for result in results { counts[result.headline(for: entry), default: 0] += 1 }
    let told = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    return ConfusionRow(truth: truth, told: told.map { ($0.key, $0.value) })
  }
}
