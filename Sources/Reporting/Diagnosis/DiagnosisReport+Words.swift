import Diagnosis

extension DiagnosisReport {
  /// `CAUSE FOUND (A1)`: our own words alone.
  var title: String { result(in: { $0.uppercased() }) }

  /// `cause found (A1)`, for a heading.
  var heading: String { result(in: { $0 }) }

  private func result(in style: (String) -> String) -> String {
    let codes = best.filter { $0.grade == .confirmed }.compactMap { entry(of: $0)?.code }
    guard result == .causeFound, !codes.isEmpty else { return style(resultInWords) }
    return "\(style(resultInWords)) (\(codes.joined(separator: ", ")))"
  }

  private var resultInWords: String {
    switch result {
    case .nothingWrong: "nothing wrong found"
    case .causeFound:
      given.best.first?.grade != .confirmed
        ? "cause not isolated"
        : best.count { $0.grade == .confirmed } == 1 ? "cause found" : "causes found"
    case .noCause:
      given.waysPast.isEmpty ? "no cause found" : "no known cause, and a way past it"
    case .intermittent: "intermittent"
    case .stopped: "cannot tell"
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
    case .causeFound: cause(in: layer) + layer.measuredInWords
    case .noCause: layer.usual + layer.whateverWasVaried + layer.measuredInWords
    case .nothingWrong: "it is ok (\(count(layer.controls.total, "session")))"
    case .intermittent: layer.atTimes
    case .stopped: layer.end
    }
  }

  private func cause(in layer: DiagnosisLayer) -> String {
    let best = layer.best
    let isConfirmed = best.first?.grade == .confirmed
    if best.count == 1 {
      let cause = headline(of: best[0]) ?? best[0].id.rawValue
      return isConfirmed
        ? "\(cause); \(layer.usual)"
        : "\(layer.usual); consistent with one cause: \(cause) (\(name(of: best[0])))"
          + layer.waysPastInWords
    }
    let names = best.map(name(of:)).joined(separator: ", ")
    if isConfirmed { return "\(names), each confirmed; \(layer.usual)" }
    return "\(layer.usual); consistent with \(best.count) causes that "
      + (layer.stop == nil ? "cannot be" : "were not") + " told apart from here: \(names)"
      + layer.waysPastInWords
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
