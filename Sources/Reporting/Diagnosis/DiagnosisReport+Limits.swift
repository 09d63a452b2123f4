import Diagnosis
import SessionTrace

extension DiagnosisReport {
  /// What a reader might take from this diagnosis and must not.
  package var limits: [String] {
    var limits = controlWithObservations?.limitsOfEvidence ?? []
    if given.best.first?.grade == .confirmed {
      limits.append(
        "Where the cause stands: experiments show what changes the failure, not which device or"
          + " program it lives in.")
    }
    let tries = count(given.controls.total, "session")
    switch result {
    case .nothingWrong: limits.append("A failure that comes seldom: \(tries) may well miss it.")
    case .intermittent:
      limits.append(
        "What a change would do: where failures come and go by themselves, nothing that comes and"
          + " goes with a change can be laid to it.")
    case .causeFound, .noCause, .stopped: break
    }
    if given.controls.total > 0 {
      limits.append("Other times and other senders: \(tries) as given, from this host.")
    }
    return limits + measurements.flatMap(\.limits) + unclear + impossible + unfinished
  }

  private var unclear: [String] {
    experiments.filter { $0.effect == .unclear }.map {
      $0.onlyObserves
        ? "What is seen \($0.phrase): not the same each time, or not to be seen."
        : "Whether it fails \($0.phrase): unclear, \($0.variants.inWords)."
    }
  }

  /// The control, and what sessions like it have shown besides of who acknowledges.
  private var controlWithObservations: SessionReport? {
    let hops = given.experiments.filter { $0.effect == .observed }
      .compactMap { $0.observations.first?.hops }.first
    var shown = control
    if let hops { shown?.trace.hops = hops }
    return shown
  }

  /// One sentence a reason, since one reason often stands against many variants.
  private var impossible: [String] {
    let experiments = experiments.filter { $0.effect == .impossible }
    var reasons: [String] = []
    for reason in experiments.compactMap(\.obstacle) where !reasons.contains(reason) {
      reasons.append(reason)
    }
    return reasons.map { reason in
      let names = names(of: experiments.filter { $0.obstacle == reason })
      return "What would change with \(names): not possible, \(reason)."
    }
  }

  private var unfinished: [String] {
    let unfinished = experiments.filter { $0.effect == nil }
    let stop = layers.compactMap(\.stopInWords).first
    if !unfinished.isEmpty {
      let reason = stop.map { ", \($0)" } ?? ""
      return ["What would change with \(names(of: unfinished)): not finished\(reason)."]
    }
    return stop.map { ["What more sessions would tell: \($0)."] } ?? []
  }

  /// `envelope_size 512, 514; split none`.
  private func names(of experiments: [ReportedExperiment]) -> String {
    var variations: [String] = []
    for experiment in experiments where !variations.contains(experiment.variation) {
      variations.append(experiment.variation)
    }
    return variations.map { variation in
      let values = experiments.filter { $0.variation == variation }.map(\.variant)
      return "\(variation) \(values.joined(separator: ", "))"
    }.joined(separator: "; ")
  }
}
