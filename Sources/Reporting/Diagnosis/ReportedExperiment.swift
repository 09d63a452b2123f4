import Diagnosis
import SessionTrace

/// One experiment as it stands in the report: what was varied, what was compared, what came of it.
///
/// Words and not ``Variation``: a saved diagnosis shows an experiment also when this version has no such
/// variation.
package struct ReportedExperiment: Sendable, Equatable {
  /// What was varied in the sessions of both sides, to get past the failures in front.
  package let base: [String]
  /// `envelope_size`.
  package let variation: String
  /// `with --pipelining off`.
  let phrase: String
  /// The control's value in words, and the variant's.
  let controlValue: String
  package let variant: String
  /// Controls until the end of its last round, and all its variants.
  let controls: OutcomeCounts
  let variants: OutcomeCounts
  /// How many variants left the failure behind, had it too, or had another.
  let gone: Int
  let same: Int
  let other: Int
  /// `nil` where none was worked out.
  let effect: Experiment.Effect?
  let chance: Double?
  let obstacle: String?
  /// What a longer wait came to.
  let waits: [WaitEnd]
  /// What each variant showed, where the variation only observes.
  let observations: [Experiment.Observation]
  /// What runs the session of a variant alone, for a shell; `nil` where none was made.
  let command: ShellCommand?
  /// Id of the catalogue's entry whose remedies on the sending side do what the variation did.
  let remedy: CauseID?

  init(_ experiment: Experiment, base: [String]) {
    self.base = base
    variation = experiment.variation.name
    phrase = experiment.variation.phrase
    controlValue = experiment.controlValue
    variant = experiment.variation.value
    controls = OutcomeCounts(experiment.controls)
    variants = OutcomeCounts(experiment.outcomes)
    gone = experiment.gone
    same = experiment.same
    other = experiment.other
    effect = experiment.effect
    chance = experiment.chance
    obstacle = experiment.obstacle
    waits = experiment.waits
    observations = experiment.observations
    command = experiment.trace.map { ShellCommand(repeating: $0) }
    remedy = experiment.variation.remedy
  }
}

extension ReportedExperiment: Codable {
  private enum CodingKeys: String, CodingKey {
    case base, phrase, control, variant, counts, gone, same, other, effect, chance, obstacle
    case waits, command
    case variation = "knob"
    case observations = "sightings"
    case remedy = "remedies_of"
  }

  /// How the sessions of either side ended.
  private struct Counts: Codable {
    let control: OutcomeCounts
    let variant: OutcomeCounts
  }

  /// In the place of an effect, where none was worked out.
  private static let unfinished = "unfinished"

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(base, forKey: .base)
    try container.encode(variation, forKey: .variation)
    try container.encode(phrase, forKey: .phrase)
    try container.encode(controlValue, forKey: .control)
    try container.encode(variant, forKey: .variant)
    try container.encode(Counts(control: controls, variant: variants), forKey: .counts)
    try container.encode(gone, forKey: .gone)
    try container.encode(same, forKey: .same)
    try container.encode(other, forKey: .other)
    try container.encode(effect?.rawValue ?? Self.unfinished, forKey: .effect)
    try container.encodeIfPresent(chance, forKey: .chance)
    try container.encodeIfPresent(obstacle, forKey: .obstacle)
    try container.encode(waits, forKey: .waits)
    try container.encode(observations, forKey: .observations)
    try container.encodeIfPresent(command?.line, forKey: .command)
    try container.encodeIfPresent(remedy, forKey: .remedy)
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    base = try container.decode([String].self, forKey: .base)
    variation = try container.decode(String.self, forKey: .variation)
    phrase = try container.decode(String.self, forKey: .phrase)
    controlValue = try container.decode(String.self, forKey: .control)
    variant = try container.decode(String.self, forKey: .variant)
    let counts = try container.decode(Counts.self, forKey: .counts)
    controls = counts.control
    variants = counts.variant
    gone = try container.decode(Int.self, forKey: .gone)
    same = try container.decode(Int.self, forKey: .same)
    other = try container.decode(Int.self, forKey: .other)
    guard min(gone, same, other) >= 0, gone + same + other == variants.total else {
      throw DecodingError.dataCorruptedError(
        forKey: .counts, in: container, debugDescription: "not as many as gone, same and other")
    }
    effect =
      try container.decode(String.self, forKey: .effect) == Self.unfinished
      ? nil : try container.decode(Experiment.Effect.self, forKey: .effect)
    chance = try container.decodeIfPresent(Double.self, forKey: .chance)
    guard chance.map((0...1).contains) ?? true else {
      throw DecodingError.dataCorruptedError(
        forKey: .chance, in: container, debugDescription: "no probability")
    }
    obstacle = try container.decodeIfPresent(String.self, forKey: .obstacle)
    waits = try container.decodeIfPresent([WaitEnd].self, forKey: .waits) ?? []
    observations = try container.decode([Experiment.Observation].self, forKey: .observations)
    command =
      try container.decodeIfPresent(String.self, forKey: .command).flatMap(ShellCommand.init(line:))
    remedy = try container.decodeIfPresent(CauseID.self, forKey: .remedy)
  }
}
