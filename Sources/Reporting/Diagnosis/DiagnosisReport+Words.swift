import Diagnosis

extension DiagnosisReport {
  /// `CAUSE CONFIRMED`: our own words alone.
  var title: String {
    switch result {
    case .nothingWrong: "NOTHING WRONG FOUND"
    case .causeFound:
      best.first?.grade != .confirmed
        ? "CAUSE NOT ISOLATED" : best.count == 1 ? "CAUSE CONFIRMED" : "CAUSES CONFIRMED"
    case .noCause: "NO CAUSE FOUND"
    case .intermittent: "INTERMITTENT"
    case .stopped: "CANNOT TELL"
    }
  }

  /// One sentence for a stranger: what happens, how often, and why as far as that is known.
  package var summary: String {
    switch result {
    case .nothingWrong: "\(controls.total) of \(controlsInWords) ok" + inPassing
    case .causeFound: "\(usualInWords); \(causeInWords)"
    case .noCause: usualInWords + whateverWasVaried
    case .intermittent:
      "\(controls.failed) of \(controlsInWords) failed"
        + (controls.failed < controls.total ? "" : ", not all alike")
        + "; no cause can be isolated"
    case .stopped:
      (controls.total == 0
        ? "no session ended"
        : stop == .turnedAway ? "as given \(controls.inWords)" : usualInWords)
        + "; " + (stop?.text ?? "it ended early")
    }
  }

  private var controlsInWords: String { count(controls.total, "session") }

  private var inPassing: String {
    observations.isEmpty
      ? "" : "; \(count(observations.count, "thing")) seen in passing"
  }

  /// What the controls did: all of them, mostly.
  private var usualInWords: String {
    if controls.total == 1 { return "\(controls.names) in the only session as given" }
    return "\(controls.names) every time (\(controls.total) of \(controls.total))"
  }

  private var causeInWords: String {
    let isConfirmed = best.first?.grade == .confirmed
    if best.count == 1 {
      let cause = headline(of: best[0]).map { "\($0) (\(name(of: best[0])))" } ?? best[0].id
      return (isConfirmed ? "cause: " : "consistent with one cause: ") + cause
    }
    let names = best.map(name(of:)).joined(separator: ", ")
    if isConfirmed { return "causes: \(names), each confirmed" }
    return "consistent with \(best.count) causes that "
      + (stop == nil ? "cannot be" : "were not") + " told apart from here: \(names)"
  }

  /// What experiments came to that no known cause explains.
  private var whateverWasVaried: String {
    let told = experiments.filter { $0.effect != nil && $0.effect != .impossible }
    if told.isEmpty {
      return experiments.isEmpty ? "; nothing was varied" : "; nothing could be varied"
    }
    var names: [String] = []
    for experiment in told
    where experiment.effect != .same && !names.contains(experiment.knob) {
      names.append(experiment.knob)
    }
    return names.isEmpty
      ? ", whatever was varied; no known cause explains it"
      : "; to vary \(names.joined(separator: ", ")) makes a difference, at times at least, that no"
        + " known cause explains"
  }

  /// `A1 reseg-boundary-loss`.
  func name(of finding: CauseFinding) -> String {
    entry(of: finding).map { "\($0.code) \($0.id)" } ?? finding.id
  }

  /// What the finding is, in a line; `nil` where the catalogue does not know it.
  func headline(of finding: CauseFinding) -> String? {
    entry(of: finding)?.title ?? Catalogue.remark(id: finding.id)?.headline
  }
}

extension Grade {
  /// The word for people.
  var text: String { rawValue.replacing("_", with: " ") }
}
