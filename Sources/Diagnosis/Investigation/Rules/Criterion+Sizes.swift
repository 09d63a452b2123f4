import SessionTrace

/// Questions to envelopes of other sizes, with as many commands.
extension Criterion {
  /// An envelope a byte or so larger or smaller, with as many commands, passes.
  static let sizeMatters = Criterion(variations: { $0.neighbours }) { evidence in
    let effects = evidence.neighbours.map { ($0, evidence.effect(of: $0)) }
    let gone = effects.filter { $0.1 == .gone }.map(\.0)
    if !gone.isEmpty {
      return .yes(gone.map(evidence.sentence).joined(separator: "; "))
    }
    let same = effects.filter { $0.1 == .same }.map(\.0)
    guard same.count >= 2 else { return .unknown }
    return .no(same.map(evidence.sentence).joined(separator: "; "))
  }

  /// It is the same a byte or so up and down.
  static let sizeIsIdle = sizeMatters.reversed

  /// Sizes further off pass too: no rule on every second to eighth size.
  static let sizeIsNoPattern = Criterion(variations: { $0.furtherOff + $0.divisors }) { evidence in
    if evidence.otherSizes(.same).isEmpty {
      let sizes = evidence.furtherOff
      guard sizes.allSatisfy({ evidence.effect(of: $0) == .gone }) else { return .unknown }
      return .yes(
        "envelopes of \(list(sizes.compactMap(\.envelopeSize).sorted())) bytes pass as well:"
          + " no rule on every second to eighth size")
    }
    let isOpen = (evidence.furtherOff + evidence.divisors).contains {
      evidence.effect(of: $0) == nil
    }
    return isOpen ? .unknown : .no(evidence.sizesInWords)
  }

  /// Larger and smaller envelopes pass both, as all others that were tried do: a single size, and no
  /// limit.
  static let sizeIsIsolated = Criterion(variations: { $0.neighbours }) { evidence in
    guard let size = evidence.control.trace.envelope?.size else { return .unknown }
    guard evidence.otherSizes(.same).isEmpty else { return .no(evidence.sizesInWords) }
    let passing = evidence.otherSizes(.gone)
    guard passing.contains(where: { $0 < size }), passing.contains(where: { $0 > size }) else {
      return .unknown
    }
    return .yes("larger and smaller envelopes pass: \(size) bytes is no limit but a single size")
  }
}

extension Evidence {
  /// Sizes next to the control's, two of them where they can be made with as many commands.
  var neighbours: [Variation] {
    guard let envelope = control.trace.envelope, control.isPipelined else { return [] }
    // Without padding there is nothing to leave out.
    let steps = envelope.padding > 0 ? [[-1, -2, -3, -4], [1, 2, 3, 4]] : [[1, 2], [3, 4]]
    return steps.compactMap(firstSize)
  }

  /// Sizes by which a rule on every second to eighth size shows: each step is a multiple of several of
  /// these numbers, or the number itself where that cannot be made with as many commands.
  fileprivate var furtherOff: [Variation] {
    [[8, -8, 4, -4, 2, -2], [12, -12, 6, -6, 3, -3], [10, -10, 5, -5], [14, -14, 7, -7]]
      .compactMap(firstSize)
  }

  /// Where sizes further off fail, those that tell how often that comes round.
  fileprivate var divisors: [Variation] {
    guard let size = control.trace.envelope?.size else { return [] }
    let most = otherSizes(.same).map { abs($0 - size) }.reduce(0, greatestDivisor)
    let known = Set((otherSizes(.same) + otherSizes(.gone)).map { abs($0 - size) })
    guard most > 2 else { return [] }
    return (2..<most).filter { most % $0 == 0 && !known.contains($0) }.compactMap {
      firstSize([$0, -$0])
    }
  }

  /// The first of these steps from the control's size that can be made with as many commands; `nil` when
  /// none can.
  private func firstSize(_ steps: [Int]) -> Variation? {
    guard let size = control.trace.envelope?.size, control.isPipelined else { return nil }
    return steps.map { Variation.envelopeSize(size + $0) }.first { effect(of: $0) != .impossible }
  }

  /// Sizes other than the control's with which the failure was the same, or was gone, in order.
  fileprivate func otherSizes(_ effect: Experiment.Effect) -> [Int] {
    experiments.values.filter { $0.effect == effect }.compactMap(\.variation.envelopeSize).sorted()
  }

  /// Which sizes fail, and whether that comes round.
  fileprivate var sizesInWords: String {
    let size = control.trace.envelope?.size ?? 0
    let fails = otherSizes(.same)
    let passes = otherSizes(.gone)
    let period = (2...16).first { period in
      fails.contains { $0 != size } && fails.allSatisfy { ($0 - size) % period == 0 }
        && passes.allSatisfy { ($0 - size) % period != 0 }
    }
    let sizes = list((fails + [size]).sorted())
    guard let period, !passes.isEmpty else {
      return "envelopes of \(sizes) bytes fail: not a single size"
    }
    return
      "envelopes of \(sizes) bytes fail, and \(list(passes)) pass: every \(nth(period)) size, a"
      + " pattern and no boundary"
  }
}

/// `1, 2 and 3`.
private func list(_ numbers: [Int]) -> String { list(numbers.map(String.init)) }
