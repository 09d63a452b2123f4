import SessionTrace

/// Whether our bytes move, and when to look again: a wait counts from the last moment at which they did.
struct ProgressWatch {
  /// Last moment at which our bytes moved: accepted by the kernel, or acknowledged.
  private(set) var lastProgress: Microseconds
  /// Last moment at which a sample showed that outstanding bytes had become fewer; 0 before.
  private(set) var lastDrain: Microseconds = 0
  /// Outstanding bytes when they were last looked at.
  private var lastOutstanding = 0
  /// Since when bytes are outstanding without a break, and how many had been acknowledged then.
  private var stretch: (since: Microseconds, acknowledged: Int)?
  /// Whether that went on for ``crawlingWaits`` waits at less than ``leastRate``.
  private(set) var isCrawling = false
  /// When outstanding bytes are to be looked at next; what is read in between does not put it off.
  private var nextSample: Microseconds = 0

  /// Waits' limits for which a session may crawl: what always moves a little would never end.
  static let crawlingWaits: Microseconds = 20
  /// Acknowledged bytes a second, below which a session crawls.
  static let leastRate = 1_000

  init(at now: Microseconds) { lastProgress = now }

  /// The wait begins anew.
  mutating func moved(at now: Microseconds) { lastProgress = now }

  /// The kernel took bytes.
  mutating func wrote(at now: Microseconds) {
    lastProgress = now
    lastOutstanding = 0
    nextSample = 0
  }

  /// So many of the bytes `written` are outstanding, in a wait of at most `limit`.
  mutating func sampled(
    outstanding: Int, written: Int, at now: Microseconds, within limit: Microseconds
  ) {
    watchForCrawl(outstanding: outstanding, written: written, at: now, within: limit)
    if outstanding < lastOutstanding {
      lastProgress = now
      lastDrain = now
    }
    lastOutstanding = outstanding
  }

  /// Pauses of our own are no crawl: whatever was written before them has been acknowledged.
  private mutating func watchForCrawl(
    outstanding: Int, written: Int, at now: Microseconds, within limit: Microseconds
  ) {
    let acknowledged = written - outstanding
    guard outstanding > 0, let begun = stretch else {
      stretch = outstanding > 0 ? (now, acknowledged) : nil
      return
    }
    let time = now - begun.since
    guard time >= limit * Self.crawlingWaits else { return }
    isCrawling = Int64(acknowledged - begun.acknowledged) * 1_000_000 < Int64(Self.leastRate) * time
    stretch = (now, acknowledged)
  }

  /// When to sample next in a wait of at most `limit`: a sample now and then shows whether
  /// acknowledgements still come in.
  mutating func nextLook(at now: Microseconds, within limit: Microseconds) -> Microseconds {
    if nextSample <= now { nextSample = now + max(limit / 8, .milliseconds(5)) }
    return nextSample
  }

  /// When to look whether a piece was acknowledged: often at first, less often the longer it takes.
  func nextLookForAcknowledgement(at now: Microseconds) -> Microseconds {
    now + min(max(200, (now - lastProgress) / 8), .milliseconds(20))
  }
}
