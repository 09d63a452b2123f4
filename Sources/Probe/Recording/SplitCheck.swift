import SessionTrace

/// Whether planned pieces left as segments of their own, by the kernel's own count.
///
/// `tcpi_data_segs_out` counts every segment with data, retransmissions included, so what a flight
/// added to it, less its retransmissions, is how many segments it became. The counter does not say
/// which piece was cut or merged; a piece longer than the MSS was certainly cut.
struct SplitCheck {
  /// What the counter says of the pieces since `from`.
  struct Judgement {
    var from: Int
    var segments: Int
    var pieces: [Int]
    var mss: Int

    func verdict(_ length: Int) -> Bool? {
      if length > mss { return false }
      if segments == pieces.count { return true }
      let afterMSS = pieces.reduce(0) { $0 + ($1 + mss - 1) / mss }
      return segments == afterMSS ? true : false
    }
  }

  private var from = 0
  private var baseline: Int?
  private var pieces: [Int] = []
  private(set) var isRunning = false

  mutating func start(at offset: Int, facts: KernelFacts) {
    from = offset
    baseline = SplitCheck.firstTransmissions(facts)
    pieces = []
    isRunning = true
  }

  mutating func planned(length: Int) { pieces.append(length) }

  /// Ends the check. `nil` while the counter cannot tell: bytes unsent, or no counter at all.
  mutating func judge(_ facts: KernelFacts) -> Judgement? {
    defer { isRunning = false }
    guard isRunning, !pieces.isEmpty, let baseline, (facts.unsent ?? 0) == 0,
      let now = SplitCheck.firstTransmissions(facts)
    else { return nil }
    return Judgement(
      from: from, segments: now - baseline, pieces: pieces, mss: max(facts.sendMSS ?? 1, 1))
  }

  private static func firstTransmissions(_ facts: KernelFacts) -> Int? {
    facts.dataSegmentsOut.map { $0 - (facts.totalRetransmits ?? 0) }
  }
}
