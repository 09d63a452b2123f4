package import SessionTrace

/// Sessions that differ from the control in one variation, and how they came out beside it.
package struct Experiment: Sendable {
  /// What the variation does to the failure.
  package enum Effect: String, Codable, Sendable {
    /// The failure is gone, so often that chance does not explain it.
    case gone
    /// It is the same failure, every time.
    case same
    /// Another failure took its place.
    case other
    /// Sometimes gone, sometimes not, or too few sessions.
    case unclear
    /// The variant could not be made.
    case impossible
    /// The variant changes nothing, and showed the same each time: it speaks neither for nor against
    /// a difference.
    case observed
  }

  package let variation: Variation
  /// The value that the control has for it, in words.
  package let controlValue: String
  /// The variants' outcomes, in the order in which they ended.
  package internal(set) var outcomes: [SweepOutcome] = []
  /// How many of them left the failure behind, had it too, or had another.
  package internal(set) var gone = 0
  package internal(set) var same = 0
  package internal(set) var other = 0
  /// Controls until the end of its last round, by outcome: what ``chance`` was worked out beside.
  ///
  /// Those before its first round count too: every control is the same session.
  package internal(set) var controls: [SweepOutcome] = []
  /// Why the variant could not be made.
  package internal(set) var obstacle: String?
  package internal(set) var effect: Effect?
  /// The chance of so great a difference if there were none; `nil` where it was not worked out.
  package internal(set) var chance: Double?
  /// The first variant, for what it shows besides.
  package internal(set) var trace: Trace?
  /// Where it is a longer wait: what that came to, in each variant in which it came to something.
  package internal(set) var waits: [WaitEnd] = []
  /// What each variant showed, where it only observes.
  package internal(set) var observations: [Experiment.Observation] = []

  init(variation: Variation, controlValue: String) {
    self.variation = variation
    self.controlValue = controlValue
  }

  /// Whether the wait ended each time by the server's own: it brought nothing.
  var isOutwaited: Bool {
    effect == .other && waits.count == outcomes.count && waits.text(of: .gaveUp) != nil
  }

  /// A difference that comes about by chance in a hundred cases at most is called clear.
  static let clear = 0.01
  /// So many variants with the same failure show that the variation does not matter.
  private static let enoughAlike = 2
  /// The most variants.
  private static let most = 6

  /// Whether more sessions would tell more.
  ///
  /// `controls` is the number of all controls so far, every one of which failed.
  mutating func judge(controls: Int) -> Bool {
    if obstacle != nil {
      effect = .impossible
      return false
    }
    if variation.onlyObserves { return judgeObserving() }
    if gone == outcomes.count, gone > 0 {
      // Whoever waits longer has waited in vain as long as the control first.
      let controls = controls + (variation.wait == nil ? 0 : gone)
      let chance = chanceOfDifference(
        controlPassed: 0, of: controls, variantPassed: gone, of: gone)
      self.chance = chance
      if gone >= 3, chance <= Self.clear {
        effect = .gone
        return false
      }
    } else if same == outcomes.count, same >= Self.enoughAlike {
      effect = .same
      return false
    } else if gone == 0, outcomes.count >= Self.enoughAlike {
      effect = same == 0 ? .other : .unclear
      return false
    } else if gone > 0, outcomes.count > gone {
      effect = .unclear
      return false
    }
    if outcomes.count >= Self.most {
      effect = .unclear
      return false
    }
    return true
  }

  /// Sessions that are controls but for what they observe, and must come out like them.
  private mutating func judgeObserving() -> Bool {
    guard outcomes.count >= Self.enoughAlike else { return true }
    let isSteady =
      same == outcomes.count && observations.count == outcomes.count
      && observations.allSatisfy { $0.isLike(observations[0]) }
    effect = isSteady ? .observed : .unclear
    return false
  }
}
