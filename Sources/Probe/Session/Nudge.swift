import SessionOptions
import SessionTrace
import TLSEngine
import Wire

/// One `NOOP` on a connection where nothing of ours is outstanding, and what comes of it.
///
/// It has the transport to itself from ``start(_:)`` until it is done: nothing of what it sends or
/// reads reaches the dialogue. Asked to climb, it lets the segment pass one router only, and one more
/// each time the kernel has sent it again: the least number with which it is acknowledged is how far
/// away whoever acknowledges is at most. Nothing is lost by that, since the kernel goes on until the
/// segment arrives.
///
///     NOOP, may pass 1 router     sent, not acknowledged
///     again, may pass 2           sent, acknowledged: at most 2 hops away
///
/// Source: `ip(7)`, `IP_TTL`; `tcp(7)`, `TCP_THIN_LINEAR_TIMEOUTS`, without which the kernel waits twice
/// as long before each further try.
final class Nudge {
  /// What it waits for.
  enum Purpose {
    /// Whatever comes into a silence, until nothing more does.
    case anything
    /// The reply to `NOOP`.
    case reply
    /// The acknowledgement alone: nobody owes a reply here.
    case acknowledgement
  }

  /// What came of it.
  struct Outcome {
    /// Times are the network's.
    var record: NudgeRecord
    /// Bytes handed to the kernel.
    var written = 0
    var acknowledgedAtTTL: Int?
    var greatestTTL: Int?
    /// A complete reply came.
    var isAnswered = false
    /// How the peer ended its TLS stream meanwhile, where it did.
    var endOfTLS: [TLSSession.Action] = []
  }

  /// Not more tries than that: a path has more hops, but whoever ends TCP on the way is near.
  private static let mostHops = 8
  private static let longestClimb = Microseconds.seconds(6)
  /// Once something has come, nothing more is expected after so long a silence.
  private static let quiet = Microseconds.seconds(1)
  private static let textLimit = 512

  private let transport: any Transport
  private let tls: TLSSession?
  private let network: any Network
  private let purpose: Purpose
  private let climbs: Bool
  private let limit: Microseconds
  /// The end of the whole session's time; `nil` without.
  private let lastMoment: Microseconds?

  private var outcome: Outcome
  private var onDone: ((Outcome) -> Void)?
  private var cancelTimer: (() -> Void)?
  private var clear: [UInt8] = []
  private var lastArrival: Microseconds?
  /// The time to live in force, for the transmission that comes next; `nil` when not climbing.
  private var nextTTL: Int?
  private var tries = 0
  /// Segments with data that had left when it was last looked.
  private var segmentsOut = 0
  private var climbEnd: Microseconds

  /// `limit` is how long to listen.
  init(
    _ transport: any Transport, tls: TLSSession?, network: any Network, purpose: Purpose,
    climbs: Bool, limit: Microseconds, lastMoment: Microseconds?
  ) {
    self.transport = transport
    self.tls = tls
    self.network = network
    self.purpose = purpose
    self.climbs = climbs
    self.limit = limit
    self.lastMoment = lastMoment
    outcome = Outcome(record: NudgeRecord(sent: network.now))
    climbEnd = network.now
  }

  /// Sends it; `done` is called once, perhaps at once.
  func start(_ done: @escaping (Outcome) -> Void) {
    onDone = done
    transport.onReady = { [weak self] _ in self?.look() }
    transport.setInterest(reading: true, writing: false)
    _ = transport.drainTimestamps()
    _ = transport.drainErrors()
    segmentsOut = transport.facts().dataSegmentsOut ?? 0
    if climbs, transport.set(.timeToLive(1)) == nil {
      _ = transport.set(.linearTimeouts(true))
      nextTTL = 1
      climbEnd = network.now + Self.longestClimb
    }
    send()
    look()
  }

  /// Ends it now, with what there is.
  func stop() { finish() }

  private func send() {
    var bytes = Array("NOOP\r\n".utf8)
    if let tls {
      guard case .success(let flight) = tls.seal(bytes[...]) else { return finish() }
      bytes = flight.bytes
    }
    outcome.record.sent = network.now
    switch transport.write(bytes[...], endsSegment: true, wantsTimestamps: true) {
    case .wrote(let count): outcome.written = count
    case .wouldBlock: finish()
    case .failed(let failure):
      outcome.record.failure = failure
      // A reply may wait behind the break, as everywhere.
      read()
      finish()
    }
  }

  /// Takes what the kernel has, and goes on waiting if there is reason to.
  private func look() {
    guard onDone != nil else { return }
    _ = transport.drainErrors()
    let acknowledged = transport.drainTimestamps().last { $0.kind == .acknowledged }
    climb(acknowledgedAt: acknowledged?.at)
    read()
    guard onDone != nil else { return }
    if isOver { return finish() }
    rearm()
  }

  /// Looks whether the segment was acknowledged, and lets the next transmission of it go further.
  private func climb(acknowledgedAt stamp: Microseconds?) {
    guard outcome.record.acknowledged == nil else { return }
    let facts = transport.facts()
    if let ttl = nextTTL, let sent = facts.dataSegmentsOut, sent > segmentsOut {
      // It left with what was in force; whatever leaves from now on may pass one router more.
      segmentsOut = sent
      tries += 1
      outcome.greatestTTL = ttl
      nextTTL = min(ttl + 1, Self.mostHops)
      _ = transport.set(.timeToLive(nextTTL))
    }
    if facts.outstanding == 0, facts.readByPeer != false {
      outcome.record.acknowledged = stamp ?? network.now
      // Once the limit is lifted, the next transmission gets through wherever the peer is.
      if nextTTL != nil { outcome.acknowledgedAtTTL = outcome.greatestTTL }
      stopClimbing()
    } else if tries > Self.mostHops || network.now >= climbEnd {
      // One more than there are steps: the last of them has had its time.
      stopClimbing()
    }
  }

  private func stopClimbing() {
    guard nextTTL != nil else { return }
    nextTTL = nil
    climbEnd = network.now
    _ = transport.set(.timeToLive(nil))
    _ = transport.set(.linearTimeouts(false))
  }

  private func read() {
    for _ in 0..<16 {
      switch transport.read(atMost: 65_536) {
      case .bytes(let bytes, let moment): took(bytes, at: moment)
      case .wouldBlock: return
      case .endOfStream:
        outcome.record.closed = true
        return
      case .failed(let failure):
        outcome.record.failure = failure
        return
      }
    }
  }

  private func took(_ bytes: [UInt8], at moment: Microseconds) {
    outcome.record.receivedBytes += bytes.count
    outcome.record.first = outcome.record.first ?? moment
    lastArrival = network.now
    guard let tls else { return keep(bytes) }
    for action in tls.receive(bytes) {
      switch action {
      case .plaintext(let text): keep(text)
      case .send(let flight):
        _ = transport.write(flight.bytes[...], endsSegment: true, wantsTimestamps: false)
      case .closed, .failed:
        outcome.record.closed = true
        outcome.endOfTLS.append(action)
      case .established: break
      }
    }
  }

  private func keep(_ text: [UInt8]) {
    clear += text.prefix(max(0, Self.textLimit - clear.count))
    outcome.isAnswered = outcome.isAnswered || isReply(clear)
  }

  /// Whether nothing more is to be waited for.
  private var isOver: Bool {
    if outcome.record.closed || outcome.record.failure != nil { return true }
    if let lastMoment, network.now >= lastMoment { return true }
    if nextTTL != nil { return false }
    switch purpose {
    case .acknowledgement:
      if outcome.record.acknowledged != nil || outcome.greatestTTL != nil { return true }
    case .reply: if outcome.isAnswered { return true }
    case .anything: break
    }
    return network.now >= deadline
  }

  private var deadline: Microseconds {
    let latest = max(climbEnd, outcome.record.sent) + limit
    guard case .anything = purpose, let lastArrival else { return latest }
    return min(latest, lastArrival + Self.quiet)
  }

  /// Acknowledgements are looked for rather than awaited: not every kernel stamps every segment.
  private func rearm() {
    cancelTimer?()
    var moment = nextTTL == nil ? deadline : climbEnd
    if outcome.record.acknowledged == nil {
      moment = min(moment, network.now + .milliseconds(nextTTL == nil ? 20 : 5))
    }
    if let lastMoment { moment = min(moment, lastMoment) }
    cancelTimer = network.schedule(at: max(moment, network.now + 1)) { [weak self] in self?.look() }
  }

  private func finish() {
    guard let done = onDone else { return }
    onDone = nil
    cancelTimer?()
    stopClimbing()
    transport.onReady = nil
    outcome.record.text = escapedText(clear)
    outcome.record.listened = network.now - outcome.record.sent
    done(outcome)
  }
}

/// Whether the text holds a whole reply: a line whose code is not followed by a hyphen.
private func isReply(_ text: [UInt8]) -> Bool {
  let lines = text.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast()
  return lines.contains { $0.dropFirst(3).first != UInt8(ascii: "-") }
}
