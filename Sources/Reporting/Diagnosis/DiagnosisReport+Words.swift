import Diagnosis

extension DiagnosisReport {
  /// `CAUSE CONFIRMED`: our own words alone.
  var title: String {
    switch conclusion.result {
    case .nothingWrong: "NOTHING WRONG FOUND"
    case .causeFound:
      best.first?.grade != .confirmed
        ? "CAUSE NOT ISOLATED"
        : remedied.count { $0.grade == .confirmed } == 1 ? "CAUSE CONFIRMED" : "CAUSES CONFIRMED"
    case .noCause: "NO CAUSE FOUND"
    case .intermittent: "INTERMITTENT"
    case .stopped: "CANNOT TELL"
    }
  }

  /// One sentence for a stranger: what happens, how often, and why as far as that is known.
  package var summary: String {
    switch conclusion.result {
    case .nothingWrong: "\(conclusion.controls.count) of \(controlsInWords) ok" + inPassing
    case .causeFound, .noCause:
      inWords(conclusion)
        + further.map { "; behind that, \($0.basePhrase), \(inWords($0))" }.joined()
    case .intermittent:
      "\(conclusion.controlsFailed) of \(controlsInWords) failed"
        + (conclusion.controlsFailed < conclusion.controls.count ? "" : ", not all alike")
        + "; no cause can be isolated"
    case .stopped:
      (conclusion.controls.isEmpty ? "no session ended" : usual(in: conclusion)) + "; "
        + (conclusion.stop?.text ?? "it ended early")
    }
  }

  private var controlsInWords: String { count(conclusion.controls.count, "session") }

  private var inPassing: String {
    observations.isEmpty
      ? "" : "; \(count(observations.count, "thing")) seen in passing"
  }

  /// What happens every time, and why as far as that is known.
  private func inWords(_ conclusion: InvestigationConclusion) -> String {
    let usual = usual(in: conclusion)
    switch conclusion.result {
    case .causeFound: return "\(usual); \(cause(in: conclusion))"
    case .noCause where conclusion.experiments.isEmpty: return "\(usual); nothing was varied"
    case .noCause: return "\(usual), whatever was varied; no known cause explains it"
    case .nothingWrong: return "it is ok (\(count(conclusion.controls.count, "session")))"
    case .intermittent:
      return "\(conclusion.controlsFailed) of"
        + " \(count(conclusion.controls.count, "session")) failed, not all alike"
    case .stopped: return "\(conclusion.stop?.text ?? "it ended early")"
    }
  }

  /// What every control did, where all did the same.
  private func usual(in conclusion: InvestigationConclusion) -> String {
    let what = outcomeCounts(conclusion.controls).keys.sorted().joined(separator: " or ")
    let tries = conclusion.controls.count
    return tries == 1
      ? "\(what) in the only session \(conclusion.base.isEmpty ? "as given" : "so varied")"
      : "\(what) every time (\(tries) of \(tries))"
  }

  private func cause(in conclusion: InvestigationConclusion) -> String {
    let best = conclusion.best
    let isConfirmed = best.first?.grade == .confirmed
    if best.count == 1 {
      let title = entry(of: best[0]).map { "\($0.title) (\($0.code) \($0.id))" } ?? best[0].id
      return isConfirmed
        ? "cause: \(title), confirmed" : "consistent with one cause: \(title)"
    }
    let names = best.map(name(of:)).joined(separator: ", ")
    if isConfirmed { return "causes: \(names), each confirmed" }
    return "consistent with \(best.count) causes that "
      + (conclusion.stop == nil ? "cannot be" : "were not") + " told apart from here: \(names)"
  }

  /// `A1 reseg-boundary-loss`.
  func name(of finding: CauseFinding) -> String {
    entry(of: finding).map { "\($0.code) \($0.id)" } ?? finding.id
  }
}

extension Grade {
  /// The word for people.
  var text: String { rawValue.replacing("_", with: " ") }
}

/// How many sessions ended in each way: `stalled@mail`, 6.
func outcomeCounts(_ outcomes: [SweepOutcome]) -> [String: Int] {
  outcomes.reduce(into: [:]) { $0[$1.text, default: 0] += 1 }
}

/// `ok@data 2, stalled@mail 1`: the commonest first.
func outcomesInWords(_ outcomes: [SweepOutcome]) -> String {
  outcomeCounts(outcomes).sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    .map { "\($0.key) \($0.value)" }.joined(separator: ", ")
}
