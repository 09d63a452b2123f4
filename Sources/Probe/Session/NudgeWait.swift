import SessionTrace

/// How far a nudge's segment may go, and what is still waited for; does nothing itself.
///
/// ```
/// climbing ── acknowledged, or tried often enough ──► listening ── what was wanted, or time ──► over
///     └───────────── the connection ends, or the session's time ───────────────┴──────────────────►
/// ```
/// The least number of routers with which the segment is acknowledged is how far away whoever
/// acknowledges is at most.
struct NudgeWait {
  /// What it is there for.
  enum Purpose {
    /// Whatever comes into a silence, until nothing more does.
    case anything
    /// The reply to `NOOP`.
    case reply
    /// The acknowledgement alone: nobody owes a reply here.
    case acknowledgement
  }

  enum State {
    /// The segment may pass `hops` routers, and one more each time it has left again.
    case climbing(Climb)
    /// It may go as far as it must; what comes is waited for.
    case listening(since: Microseconds)
    /// Nothing more is to be waited for.
    case over
  }

  struct Climb {
    var hops = 1
    var tries = 0
    /// Segments with data that had left when it was last looked.
    var segmentsOut: Int
    var until: Microseconds
  }

  /// What happened.
  enum Input {
    /// What the kernel says of the segment: whether it was acknowledged, and when if it tells; how many
    /// segments with data have left.
    case kernel(isAcknowledged: Bool, at: Microseconds?, segmentsOut: Int?)
    /// Bytes came.
    case arrival(isReply: Bool)
    /// The peer's stream has ended, or the connection is broken.
    case end
    /// Time alone, or a signal.
    case stop
  }

  /// Not more tries than that: a path has more hops, but whoever ends TCP on the way is near.
  private static let mostHops = 8
  private static let longestClimb = Microseconds.seconds(6)
  /// Once something has come, nothing more is expected after so long a silence.
  private static let quiet = Microseconds.seconds(1)

  private(set) var state: State
  private(set) var acknowledged: Microseconds?
  private(set) var acknowledgedAtTTL: Int?
  private(set) var greatestTTL: Int?
  /// A complete reply came.
  private(set) var isAnswered = false
  private var lastArrival: Microseconds?
  private let purpose: Purpose
  private let limit: Microseconds
  private let lastMoment: Microseconds?

  /// `limit` is how long to listen, `lastMoment` the end of the whole session's time; `climbsFrom` says how
  /// many segments had left, and is `nil` where the segment may go as far as it must.
  init(
    _ purpose: Purpose, limit: Microseconds, lastMoment: Microseconds?, climbsFrom count: Int?,
    at now: Microseconds
  ) {
    self.purpose = purpose
    self.limit = limit
    self.lastMoment = lastMoment
    state =
      count.map { .climbing(Climb(segmentsOut: $0, until: now + Self.longestClimb)) }
      ?? .listening(since: now)
  }

  /// Routers that what leaves next may pass; `nil` for any number.
  var hops: Int? {
    if case .climbing(let climb) = state { climb.hops } else { nil }
  }

  /// Takes in what happened.
  mutating func receive(_ input: Input, at now: Microseconds) {
    switch (state, input) {
    case (.over, _): break
    case (.climbing, .end), (.listening, .end), (.climbing, .stop), (.listening, .stop):
      state = .over
    case (.climbing, .arrival(let isReply)), (.listening, .arrival(let isReply)):
      lastArrival = now
      isAnswered = isAnswered || isReply
    case (.climbing(let climb), .kernel(let isAcknowledged, let moment, let segmentsOut)):
      state = look(
        at: climb, isAcknowledged ? moment ?? now : nil, segmentsOut: segmentsOut, at: now)
    case (.listening, .kernel(let isAcknowledged, let moment, _)):
      if isAcknowledged, acknowledged == nil { acknowledged = moment ?? now }
    }
  }

  /// Lets the next transmission go further when one has left; listens once there is nothing to climb for.
  private mutating func look(
    at climb: Climb, _ acknowledgement: Microseconds?, segmentsOut: Int?, at now: Microseconds
  ) -> State {
    var climb = climb
    if let segmentsOut, segmentsOut > climb.segmentsOut {
      // It left with what was in force; whatever leaves from now on may pass one router more.
      climb.segmentsOut = segmentsOut
      climb.tries += 1
      greatestTTL = climb.hops
      climb.hops = min(climb.hops + 1, Self.mostHops)
    }
    acknowledged = acknowledgement
    // Once the limit is lifted, the next transmission gets through wherever the peer is.
    if acknowledgement != nil { acknowledgedAtTTL = greatestTTL }
    // One try more than there are steps: the last of them has had its time.
    let isDone = acknowledgement != nil || climb.tries > Self.mostHops || now >= climb.until
    return isDone ? .listening(since: now) : .climbing(climb)
  }

  /// Says that time has passed; `true` when nothing more is to be waited for.
  mutating func isOver(at now: Microseconds) -> Bool {
    if let lastMoment, now >= lastMoment { state = .over }
    if case .listening(let since) = state, hasWhatItWants || now >= deadline(since) {
      state = .over
    }
    if case .over = state { return true }
    return false
  }

  private var hasWhatItWants: Bool {
    switch purpose {
    case .acknowledgement: acknowledged != nil || greatestTTL != nil
    case .reply: isAnswered
    case .anything: false
    }
  }

  private func deadline(_ since: Microseconds) -> Microseconds {
    guard case .anything = purpose, let lastArrival else { return since + limit }
    return min(since + limit, lastArrival + Self.quiet)
  }

  /// When to look next; acknowledgements are looked for rather than awaited: not every kernel stamps
  /// every segment.
  func nextLook(at now: Microseconds) -> Microseconds {
    var moment: Microseconds
    switch state {
    case .over: return now
    case .climbing(let climb): moment = min(climb.until, now + .milliseconds(5))
    case .listening(let since):
      moment = deadline(since)
      if acknowledged == nil { moment = min(moment, now + .milliseconds(20)) }
    }
    return max(min(moment, lastMoment ?? moment), now + 1)
  }
}
