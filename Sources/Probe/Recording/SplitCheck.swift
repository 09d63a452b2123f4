import SessionTrace

/// Whether planned pieces left as segments of their own, by the kernel's own count.
///
/// `tcpi_data_segs_out` counts every segment with data, retransmissions included, so what a flight
/// added to it, less its retransmissions, is how many segments it became. The counter does not say
/// which piece was cut or merged; a piece longer than the MSS was certainly cut. Pieces are counted,
/// not kept: content in pieces of one byte would fill the memory.
struct SplitCheck {
  /// What the counter says of the pieces since `from`.
  struct Judgement {
    var from: Int
    /// Whether there were as many segments as the pieces make, each cut at the MSS.
    var isAsCounted: Bool
    var mss: Int

    func verdict(_ length: Int) -> Bool { isAsCounted && length <= mss }
  }

  private var from = 0
  private var baseline: Int?
  private var mss = 1
  /// Segments that the pieces so far make.
  private var expected = 0
  private(set) var isRunning = false

  mutating func start(at offset: Int, facts: KernelFacts) {
    from = offset
    baseline = SplitCheck.firstTransmissions(facts)
    mss = max(facts.sendMSS ?? 1, 1)
    expected = 0
    isRunning = true
  }

  mutating func planned(length: Int) { expected += (length + mss - 1) / mss }

  /// Ends the check. `nil` while the counter cannot tell: bytes unsent, or no counter at all.
  mutating func judge(_ facts: KernelFacts) -> Judgement? {
    defer { isRunning = false }
    guard isRunning, expected > 0, let baseline, (facts.unsent ?? 0) == 0,
      let now = SplitCheck.firstTransmissions(facts)
    else { return nil }
    return Judgement(from: from, isAsCounted: now - baseline == expected, mss: mss)
  }

  private static func firstTransmissions(_ facts: KernelFacts) -> Int? {
    facts.dataSegmentsOut.map { $0 - (facts.totalRetransmits ?? 0) }
  }
}
