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
      .stays { $0.isCut ? .uncut : nil },
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
    confirms: [
      .stays { .cutInsideCommand($0.otherCut) },
      .unless("both pieces of so short a command are small: a rule on small pieces does the same") {
        $0.greetsInSmallPieces && $0.trace.overwrittenCommand == nil
      },
    ],
    best: .confirmed)

  /// Bytes of `DATA` and `QUIT` with their line ends, which pass by themselves: a piece that is larger
  /// falls under no rule on small pieces.
  fileprivate static let smallestCommand = 6

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
  /// A cut that leaves two pieces larger than the smallest command; inside the verb where our name is too
  /// short for that.
  fileprivate var otherCut: Int { greetsInSmallPieces ? 2 : Signatures.smallestCommand + 1 }

  /// Whether EHLO fails, and is too short for two pieces that are not small.
  fileprivate var greetsInSmallPieces: Bool {
    guard group == .hello, let hello = trace.commands.first(where: { $0.stage == .ehlo }) else {
      return false
    }
    return hello.end - hello.start < 2 * (Signatures.smallestCommand + 1)
  }

  /// Whether the user's plan cuts inside the end of data, and nowhere else.
  fileprivate var isCutAtEndOnly: Bool {
    if case .text(let plan) = trace.options["split"] { plan.hasPrefix("dot:") } else { false }
  }
}

extension Criterion {
  /// A single cut inside the five bytes that end the data makes the same failure; idle where the plan
  /// is such a cut.
  fileprivate static let aCutInTheEndSuffices = Criterion(
    variations: { $0.control.isCutAtEndOnly ? [] : (1...4).map(Variation.cutAtEndOfData) }
  ) { evidence in
    if evidence.control.isCutAtEndOnly { return .idle }
    let cuts = (1...4).map(Variation.cutAtEndOfData)
    if let same = cuts.first(where: { evidence.effect(of: $0) == .same }) {
      return .yes(evidence.sentence(on: same))
    }
    return cuts.allSatisfy { evidence.effect(of: $0) == .gone }
      ? .no("cut at one place inside the end of data, wherever it is, the failure disappears")
      : .unknown
  }
}
