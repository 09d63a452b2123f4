import Diagnosis
import SessionTrace

/// One experiment as it stands in the report: the knob in words, what was compared, what came of it.
///
/// Words and not ``Knob``: a saved diagnosis shows an experiment also when this version has no such knob.
package struct ReportedExperiment: Sendable, Equatable {
  /// What was turned in the sessions of both sides, to get past the failures in front.
  package let base: [String]
  /// `envelope_size`.
  package let knob: String
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
  /// What each variant showed, where the knob only looks.
  let sightings: [Sighting]
  /// What runs the session of a variant alone, for a shell; `nil` where none was made.
  let command: String?

  init(_ experiment: Experiment, base: [String]) {
    self.base = base
    knob = experiment.knob.name
    phrase = experiment.knob.phrase
    controlValue = experiment.controlValue
    variant = experiment.knob.value
    controls = OutcomeCounts(experiment.controls)
    variants = OutcomeCounts(experiment.outcomes)
    gone = experiment.gone
    same = experiment.same
    other = experiment.other
    effect = experiment.effect
    chance = experiment.chance
    obstacle = experiment.obstacle
    waits = experiment.waits
    sightings = experiment.sightings
    command = experiment.trace.map { ShellCommand(repeating: $0).line }
  }
}

extension ReportedExperiment: Codable {
  private enum CodingKeys: String, CodingKey {
    case base, knob, phrase, control, variant, counts, gone, same, other, effect, chance, obstacle
    case waits, sightings, command
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
    try container.encode(knob, forKey: .knob)
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
    try container.encode(sightings, forKey: .sightings)
    try container.encodeIfPresent(command, forKey: .command)
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    base = try container.decode([String].self, forKey: .base)
    knob = try container.decode(String.self, forKey: .knob)
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
    sightings = try container.decode([Sighting].self, forKey: .sightings)
    command = try container.decodeIfPresent(String.self, forKey: .command)
  }
}
