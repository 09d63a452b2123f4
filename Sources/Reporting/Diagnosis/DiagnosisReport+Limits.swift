import Diagnosis

extension DiagnosisReport {
  /// What a reader might take from this diagnosis and must not.
  package var limits: [String] {
    var limits = control?.limitsOfEvidence ?? []
    if best.first?.grade == .confirmed {
      limits.append(
        "Where the cause stands: experiments show what changes the failure, not which device or"
          + " program it lives in.")
    }
    let controls = count(conclusion.controls.count, "session")
    switch conclusion.result {
    case .nothingWrong: limits.append("A failure that comes seldom: \(controls) may well miss it.")
    case .intermittent:
      limits.append(
        "What a change would do: where failures come and go by themselves, nothing that comes and"
          + " goes with a change can be laid to it.")
    case .causeFound, .noCause, .stopped: break
    }
    if !conclusion.controls.isEmpty {
      limits.append("Other times and other senders: \(controls) as given, from this host.")
    }
    return limits + unclear + impossible + unfinished
  }

  private var experiments: [Experiment] { conclusions.flatMap(\.experiments) }

  private var unclear: [String] {
    experiments.filter { $0.effect == .unclear }.map {
      "Whether it fails \($0.knob.phrase): unclear, \(outcomesInWords($0.outcomes))."
    }
  }

  /// One sentence a reason, since one reason often stands against many variants.
  private var impossible: [String] {
    let experiments = experiments.filter { $0.effect == .impossible }
    var reasons: [String] = []
    for reason in experiments.compactMap(\.obstacle) where !reasons.contains(reason) {
      reasons.append(reason)
    }
    return reasons.map { reason in
      let names = experiments.filter { $0.obstacle == reason }.map(\.nameWithValue)
      return "What would change with " + names.joined(separator: ", ")
        + ": not possible, \(reason)."
    }
  }

  private var unfinished: [String] {
    let names = experiments.filter { $0.effect == nil }.map(\.nameWithValue)
    let stop = conclusion.stop.map { ": \($0.text)." } ?? "."
    if !names.isEmpty {
      return ["What would change with \(names.joined(separator: ", ")): not finished\(stop)"]
    }
    return conclusion.stop == nil ? [] : ["What more sessions would tell\(stop)"]
  }
}

extension Experiment {
  fileprivate var nameWithValue: String { "\(knob.name) \(knob.value)" }
}
