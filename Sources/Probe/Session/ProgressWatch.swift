import SessionTrace

/// Whether our bytes move, and when to look again: a wait counts from the last moment at which they did.
struct ProgressWatch {
  /// Last moment at which our bytes moved: accepted by the kernel, or acknowledged.
  private(set) var lastProgress: Microseconds
  /// Last moment at which a sample showed that outstanding bytes had become fewer; 0 before.
  private(set) var lastDrain: Microseconds = 0
  /// Outstanding bytes when they were last looked at.
  private var lastOutstanding = 0
  /// When outstanding bytes are to be looked at next; what is read in between does not put it off.
  private var nextSample: Microseconds = 0

  init(at now: Microseconds) { lastProgress = now }

  /// The wait begins anew.
  mutating func moved(at now: Microseconds) { lastProgress = now }

  /// The kernel took bytes.
  mutating func wrote(at now: Microseconds) {
    lastProgress = now
    lastOutstanding = 0
    nextSample = 0
  }

  /// So many bytes are outstanding.
  mutating func sampled(outstanding: Int, at now: Microseconds) {
    if outstanding < lastOutstanding {
      lastProgress = now
      lastDrain = now
    }
    lastOutstanding = outstanding
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
