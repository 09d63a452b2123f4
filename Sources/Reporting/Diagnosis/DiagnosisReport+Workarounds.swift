import Diagnosis
import SessionOptions

/// A variation that took away a failure which no known cause explains.
struct Workaround: Encodable {
  let experiment: ReportedExperiment
  /// The options that its session has and the control has not, as typed; none where it does without one.
  let options: [String]
  /// What a sending mail server has that does the same; empty where nothing is known.
  ///
  /// Nothing for the receiver: what it should mend is not known.
  let remedies: Remedies

  private enum CodingKeys: String, CodingKey {
    case variation = "knob"
    case variant, phrase, options, command, remedies
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(experiment.variation, forKey: .variation)
    try container.encode(experiment.variant, forKey: .variant)
    try container.encode(experiment.phrase, forKey: .phrase)
    try container.encode(options, forKey: .options)
    try container.encodeIfPresent(experiment.command?.line, forKey: .command)
    try container.encode(remedies, forKey: .remedies)
  }
}

extension DiagnosisReport {
  /// What to do where the session as given fails for no known reason and a variation passes: those that
  /// pass every time first.
  var workarounds: [Workaround] {
    guard result == .noCause else { return [] }
    let gone = given.experiments.filter { $0.effect == .gone }
    return (gone.filter { $0.variants.failed == 0 } + gone.filter { $0.variants.failed > 0 }).map {
      Workaround(experiment: $0, options: options(of: $0), remedies: remedies(of: $0))
    }
  }

  private func options(of experiment: ReportedExperiment) -> [String] {
    guard let command = experiment.command, let control else { return [] }
    return command.options.words(beside: control.command.options)
  }

  private func remedies(of experiment: ReportedExperiment) -> Remedies {
    guard let entry = experiment.remedy.flatMap(Catalogue.cause) else { return Remedies() }
    return Remedies(
      exim: entry.remedies.exim, postfix: entry.remedies.postfix, kernel: entry.remedies.kernel
    ).filled(for: remedyPlace)
  }
}
