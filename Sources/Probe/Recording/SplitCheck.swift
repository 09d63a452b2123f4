import SessionTrace
import SessionOptions

/// Whether planned pieces left as segments of their own, by the kernel's own count.
///
/// `tcpi_data_segs_out` counts every segment with data, retransmissions included, so what a flight
/// added to it, less its retransmissions, is how many segments it became. The counter does not say
/// which piece was cut or merged; a piece longer than the MSS was certainly cut, which is as planned
/// only where the plan gave it no size. Pieces are counted, not kept: content in pieces of one byte
/// would fill the memory.
struct SplitCheck {
  /// What the counter says of the pieces since `from`.
  struct Judgement {
    var from: Int
    /// Whether there were as many segments as the pieces make, each cut at the MSS; `nil` while the
    /// counter cannot tell: bytes unsent, or no counter at all.
    var isAsCounted: Bool?
    var mss: Int

    /// The verdict on one piece, given what was noted when it was written; see ``note(_:of:completes:)``.
    func verdict(on segment: SegmentRecord) -> Bool? {
      switch segment.asPlanned {
      case false?: false
      case true?: isAsCounted
      case nil: isAsCounted.map { $0 && segment.length <= mss }
      }
    }
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

  /// Counts what was written, and says what can be said before the count is compared: `false` for a
  /// piece that was to stay in one and did not, `true` for one that may be cut, `nil` otherwise.
  mutating func note(_ count: Int, of piece: Piece, completes: Bool) -> Bool? {
    guard piece.isPlanned else { return nil }
    guard !piece.isSizeless else {
      if completes { planned(length: piece.length) }
      return isRunning ? true : nil
    }
    guard count == piece.length else { return false }
    planned(length: count)
    return nil
  }

  private mutating func planned(length: Int) { expected += (length + mss - 1) / mss }

  /// Ends the check; `nil` when none was running.
  mutating func judge(_ facts: KernelFacts) -> Judgement? {
    defer { isRunning = false }
    guard isRunning else { return nil }
    var isAsCounted: Bool?
    if expected > 0, let baseline, (facts.unsent ?? 0) == 0,
      let now = SplitCheck.firstTransmissions(facts)
    {
      isAsCounted = now - baseline == expected
    }
    return Judgement(from: from, isAsCounted: isAsCounted, mss: mss)
  }

  private static func firstTransmissions(_ facts: KernelFacts) -> Int? {
    facts.dataSegmentsOut.map { $0 - (facts.totalRetransmits ?? 0) }
  }
}
