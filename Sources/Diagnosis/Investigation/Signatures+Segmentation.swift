import SessionTrace

/// Family A: readers that take a segment for a message.
extension Signatures {
  static let segmentation = [boundaryLoss, endOfDataSplit, wholeCommandsOnly, lineEndSplit]

  private static let boundaryLoss = Signature(
    id: "reseg-boundary-loss",
    fits: {
      ($0.isUnanswered || $0.isBrokenOff) && $0.group == .envelope && $0.isPipelined
    },
    requires: [
      .goes(with: .pipeliningOff), .sizeMatters,
      .stays { $0.isUnanswered ? .patience($0.longPatience) : nil },
      .stays { $0.usesFastOpen ? .fastOpenOff : nil },
    ],
    confirms: [
      .sizeIsIsolated, .sizeIsNoPattern, .stays { .segmentSize($0.smallSegment) },
      .unless("the connection was ended: whoever did so had seen the bytes, and lost none") {
        $0.isBrokenOff
      },
    ],
    tells: [.nudgeReleases, .somethingInFront],
    best: .confirmed)

  private static let endOfDataSplit = Signature(
    id: "eod-split-mailguard",
    fits: { $0.isUnanswered && $0.stage == .dot && $0.isCut },
    requires: [.goes(with: .uncut), .stays { .patience($0.longPatience) }],
    // A small piece elsewhere is lost as well where small pieces are; content may lose one unnoticed.
    confirms: [
      .goes(with: .cutInsideContent(4)), .goes(with: .cutInsideCommand(1)), .aCutInTheEndSuffices,
    ],
    tells: [.somethingInFront],
    best: .confirmed)

  private static let wholeCommandsOnly = Signature(
    id: "inspection-needs-whole-command",
    fits: { $0.isCut && [.hello, .envelope].contains($0.group) && $0.status != .unreachable },
    requires: [
      .goes(with: .uncut), .goes(with: .wholeCommands), .stays(with: .cutInsideCommand(4)),
    ],
    best: .confirmed)

  private static let lineEndSplit = Signature(
    id: "crlf-split-server",
    fits: { $0.isUnanswered && $0.isCut && [.hello, .envelope].contains($0.group) },
    requires: [
      .goes(with: .uncut), .goes(with: .wholeCommands), .stays(with: .cutBetweenCRLF),
    ],
    confirms: [.goes(with: .cutInsideCommand(1))],
    best: .confirmed)
}

extension Control {
  /// A wait that outlasts most slow servers: four times the user's, ten seconds at least, five minutes
  /// at most unless the user waits longer (RFC 5321 section 4.5.3.2).
  var longPatience: Microseconds {
    max(subject.patience * 2, min(max(subject.patience * 4, .seconds(10)), .seconds(300)))
  }

  /// A segment that every path takes (RFC 879), or the smaller half of the user's own.
  var smallSegment: Int { min(536, max(88, segmentSize / 2)) }
}

extension Control {
  /// Whether the user's plan cuts inside the end of data, and nowhere else.
  fileprivate var isCutAtEndOnly: Bool {
    if case .text(let plan) = trace.options["split"] { plan.hasPrefix("dot:") } else { false }
  }
}

extension Criterion {
  /// A single cut inside the five bytes that end the data makes the same failure; idle where the plan
  /// is such a cut.
  fileprivate static let aCutInTheEndSuffices = Criterion(
    knobs: { $0.control.isCutAtEndOnly ? [] : (1...4).map(Knob.cutAtEndOfData) }
  ) { evidence in
    if evidence.control.isCutAtEndOnly { return .idle }
    let cuts = (1...4).map(Knob.cutAtEndOfData)
    if let same = cuts.first(where: { evidence.effect(of: $0) == .same }) {
      return .yes(evidence.sentence(on: same))
    }
    return cuts.allSatisfy { evidence.effect(of: $0) == .gone }
      ? .no("cut at one place inside the end of data, wherever it is, it is gone") : .unknown
  }

  /// An envelope a byte or so larger or smaller, with as many commands, passes.
  static let sizeMatters = Criterion(knobs: { $0.neighbours }) { evidence in
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
  static let sizeIsIdle = Criterion(knobs: { $0.neighbours }) { evidence in
    switch sizeMatters.answer(evidence) {
    case .yes(let text): .no(text)
    case .no(let text): .yes(text)
    case .idle: .idle
    case .unknown: .unknown
    }
  }

  /// Two, three and four bytes away it passes too: no rule on even sizes, or the like.
  static let sizeIsNoPattern = Criterion(knobs: { $0.furtherOff }) { evidence in
    let same = evidence.furtherOff.filter { evidence.effect(of: $0) == .same }
    if let one = same.first { return .no(evidence.sentence(on: one)) }
    return evidence.furtherOff.allSatisfy { evidence.effect(of: $0) == .gone }
      ? .yes("envelopes two, three and four bytes off pass as well") : .unknown
  }

  /// Larger and smaller envelopes pass both: a single size, and no limit.
  static let sizeIsIsolated = Criterion(knobs: { $0.neighbours }) { evidence in
    guard let size = evidence.control.trace.envelope?.size else { return .unknown }
    var passes = (below: false, above: false)
    var fails = (below: false, above: false)
    for case .envelopeSize(let other) in evidence.neighbours {
      switch evidence.effect(of: .envelopeSize(other)) {
      case .gone: if other < size { passes.below = true } else { passes.above = true }
      case .same: if other < size { fails.below = true } else { fails.above = true }
      case .other, .unclear, .impossible, .observed, nil: break
      }
    }
    if passes.below, passes.above {
      return .yes("larger and smaller envelopes pass: \(size) bytes is no limit but a single size")
    }
    return fails.below || fails.above
      ? .no("not a single size: one neighbour of \(size) bytes fails as well") : .unknown
  }
}

extension Evidence {
  /// Sizes two, three and four bytes off, above where they can be made with as many commands, else below.
  var furtherOff: [Knob] {
    guard let size = control.trace.envelope?.size, control.isPipelined else { return [] }
    return [2, 3, 4].map { step in
      let above = Knob.envelopeSize(size + step)
      return effect(of: above) == .impossible ? .envelopeSize(size - step) : above
    }
  }

  /// Sizes next to the control's, two of them where they can be made with as many commands.
  var neighbours: [Knob] {
    guard let envelope = control.trace.envelope, control.isPipelined else { return [] }
    func first(_ steps: [Int]) -> [Knob] {
      let knobs = steps.map { Knob.envelopeSize(envelope.size + $0) }
      return knobs.first { effect(of: $0) != .impossible }.map { [$0] } ?? []
    }
    // Without padding there is nothing to leave out.
    return envelope.padding > 0
      ? first([-1, -2, -3, -4]) + first([1, 2, 3, 4]) : first([1, 2]) + first([3, 4])
  }
}
