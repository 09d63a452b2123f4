import Diagnosis

extension DiagnosisReport {
  /// `CAUSE CONFIRMED`: our own words alone.
  var title: String {
    switch result {
    case .nothingWrong: "NOTHING WRONG FOUND"
    case .causeFound:
      given.best.first?.grade != .confirmed
        ? "CAUSE NOT ISOLATED"
        : best.count { $0.grade == .confirmed } == 1 ? "CAUSE CONFIRMED" : "CAUSES CONFIRMED"
    case .noCause: "NO CAUSE FOUND"
    case .intermittent: "INTERMITTENT"
    case .stopped: "CANNOT TELL"
    }
  }

  /// One sentence for a stranger: what happens, how often, and why as far as that is known.
  package var summary: String {
    switch result {
    case .nothingWrong:
      "\(given.controls.total) of \(count(given.controls.total, "session")) ok" + inPassing
    case .causeFound, .noCause:
      inWords(given)
        + further.map { "; behind that, \($0.basePhrase), \(inWords($0))" }.joined()
    case .intermittent: given.atTimes + "; no cause can be isolated"
    case .stopped:
      (given.controls.total == 0 ? "no session ended" : given.usual) + "; " + given.end
    }
  }

  private var inPassing: String {
    given.observations.isEmpty
      ? "" : "; \(count(given.observations.count, "thing")) seen in passing"
  }

  /// What happens every time, and why as far as that is known.
  private func inWords(_ layer: DiagnosisLayer) -> String {
    switch layer.result {
    case .causeFound: "\(layer.usual); \(cause(in: layer))"
    case .noCause: layer.usual + layer.whateverWasVaried
    case .nothingWrong: "it is ok (\(count(layer.controls.total, "session")))"
    case .intermittent: layer.atTimes
    case .stopped: layer.end
    }
  }

  private func cause(in layer: DiagnosisLayer) -> String {
    let best = layer.best
    let isConfirmed = best.first?.grade == .confirmed
    if best.count == 1 {
      let cause =
        headline(of: best[0]).map { "\($0) (\(name(of: best[0])))" } ?? best[0].id.rawValue
      return (isConfirmed ? "cause: " : "consistent with one cause: ") + cause
    }
    let names = best.map(name(of:)).joined(separator: ", ")
    if isConfirmed { return "causes: \(names), each confirmed" }
    return "consistent with \(best.count) causes that "
      + (layer.stop == nil ? "cannot be" : "were not") + " told apart from here: \(names)"
  }

  /// `A1 reseg-boundary-loss`.
  func name(of finding: CauseFinding) -> String {
    entry(of: finding).map { "\($0.code) \($0.id)" } ?? finding.id.rawValue
  }

  /// What the finding is, in a line; `nil` where the catalogue does not know it.
  func headline(of finding: CauseFinding) -> String? {
    entry(of: finding)?.title ?? Catalogue.remark(finding.id)?.headline
  }
}

extension Grade {
  /// The word for people.
  var text: String { rawValue.replacing("_", with: " ") }
}
