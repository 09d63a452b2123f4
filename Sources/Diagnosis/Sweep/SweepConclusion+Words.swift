extension SweepConclusion {
  /// The finding in one sentence, plain ASCII: `513 and 1025 fail; every multiple of 512 plus one up
  /// to 2561 was tested`.
  package var sentence: String {
    let extent = "from \(range.lowerBound) to \(range.upperBound)"
    let finding =
      switch kind {
      case .unknown: "nothing is known about any value \(extent)"
      case .nothing where stop == .turnedAway:
        tested == 1
          ? "the one value that was tested before passes"
          : "the \(tested) values that were tested before pass"
      case .nothing where stop == .lockedOut:
        "\(count(tested, "value")) \(extent) passed, and then the server let nobody in"
      case .nothing: "no tested value \(extent) fails"
      case .all: "every tested value \(extent) fails" + sameness
      case .intermittent: unsteadyText
      case .isolated, .threshold, .ranges:
        failingText + (intermittent.isEmpty ? "" : "; " + unsteadyText)
      }
    let end =
      stop == .turnedAway
      ? (turnedAwayAt.map { "at \(option.noun) \($0) the server said 421, which" } ?? "a 421")
        + " ended the sweep" : nil
    return [end, finding, coverage].compactMap(\.self).joined(separator: "; ")
  }

  /// What the sentence does not cover, a sentence each.
  package var limits: [String] {
    var limits: [String] = []
    if let stop { limits.append(stop.text(after: sessions)) }
    if let turnedAwayAt {
      limits.append(
        "whether the server says 421 to \(option.noun) \(turnedAwayAt), or to the number of our"
          + " sessions, was not tested: try that value alone, later")
    }
    let leftOut = untested - untestable.count
    if leftOut > 0, kind != .unknown {
      limits.append(
        "\(leftOut) of \(count(range.count, "value")) were not tested; a single size among them"
          + " may fail too (--exhaustive tests all)")
      if !misses.isEmpty {
        limits.append(
          "the chance to have missed a fault, wherever in the range it lies: of"
            + " \(list(misses.filter { $0.width <= range.count }.map(\.text))); one of more than"
            + " \(count(widestGap, "value")) in a row would have been met")
      }
    }
    for one in failing where one.inferred > 0 && kind != .all && pattern == nil {
      limits.append(
        "of \(one.from) to \(one.to), \(count(one.tested, "value")) were tested and failed; that the"
          + " others fail is inferred")
    }
    if let last = failing.last, last.isSingle, last.above == nil, kind != .all {
      limits.append(
        "\(last.to) is the end of the range: whether it stands alone was not tested")
    }
    // What comes round does so by no chance.
    let once = pattern == nil ? failing.filter { $0.tries < 2 } : []
    if !once.isEmpty, kind != .unknown {
      limits.append(
        "tested once only, so a failure by chance is not excluded: \(list(once.map(text)))")
    }
    if !unconfirmed.isEmpty {
      limits.append(
        "failed in every try, but not often enough to exclude chance:"
          + " \(list(unconfirmed.map { "\(text($0)) (\($0.tries))" }))")
    }
    if !intermittent.isEmpty, passingOnce > 0 {
      limits.append(
        "\(passingOnce) of the \(count(passing, "value")) that pass had one try only; where failures"
          + " come and go, some of them may fail at times too")
    }
    if !untestable.isEmpty {
      limits.append(
        "\(count(untestable.count, "value")) could not be sent as planned and count as untested:"
          + " \(list(untestable.map(String.init)))")
    }
    return limits
  }

  /// What values that all fail have in common.
  private var sameness: String {
    guard let only else { return "" }
    return " alike (\(only.text))"
      + (tested > 1 ? ": the \(option.noun) makes no difference among them" : "")
  }

  /// `513 and 1025 fail`, `everything from 2000 up fails`.
  private var failingText: String {
    if let pattern {
      return pattern.text + (pattern.isBand ? " fail: " : ", fails: ") + pattern.evidence
    }
    let isOne = failing.count == 1 && (failing[0].isSingle || kind == .threshold)
    return list(failing.map(text)) + (isOne ? " fails" : " fail")
  }

  private func text(_ one: SweepRange) -> String {
    if one.isSingle { return String(one.from) }
    let isEverything = one.inferred > 0 || one.tested > 4
    switch (one.below, one.above) {
    case (.some, nil) where isEverything: return "everything from \(one.from) up"
    case (nil, .some) where isEverything: return "everything up to \(one.to)"
    default: return "\(one.from) to \(one.to)"
    }
  }

  private var unsteadyText: String {
    let all = intermittent.map { "\($0.value) (\($0.failed) of \($0.tries) tries)" }
    return list(all) + (all.count == 1 ? " fails at times" : " fail at times")
  }

  /// How far what the failures look like was looked into.
  private var coverage: String? {
    guard kind != .unknown, kind != .all, kind != .threshold, pattern == nil else { return nil }
    if tested == range.count { return "every value was tested" }
    if failing.isEmpty {
      // Multiples and both neighbours, or nothing that is worth a word.
      guard families.count == 3, let end = families.map(\.to).min() else { return nil }
      return "every multiple of 512 up to \(end), one less and one more were tested"
    }
    guard let family = families.first else { return nil }
    let passing =
      family.passing.isEmpty ? "" : ", and \(list(family.passing.map(String.init))) pass"
    return "every \(family.noun) up to \(family.to) was tested" + passing
  }

}

/// `a`, `a and b`, `a, b and c`; of more than twelve the first ten and how many more there are.
func list(_ items: [String]) -> String {
  if items.count > 12 {
    return items.prefix(10).joined(separator: ", ") + " and \(items.count - 10) more"
  }
  guard let last = items.last, items.count > 1 else { return items.first ?? "" }
  return items.dropLast().joined(separator: ", ") + " and " + last
}
