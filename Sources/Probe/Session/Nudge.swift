import SessionOptions
import SessionTrace
import TLSEngine
import Wire

/// One `NOOP` on a connection where nothing of ours is outstanding, and what comes of it.
///
/// It has the channel to itself from ``start(_:)`` until it is done: nothing of what it sends or
/// reads reaches the dialogue. Asked to climb, it lets the segment pass one router only, and one more
/// each time the kernel has sent it again; see ``NudgeWait``. Nothing is lost by that, since the kernel
/// goes on until the segment arrives.
///
///     NOOP, may pass 1 router     sent, not acknowledged
///     again, may pass 2           sent, acknowledged: at most 2 hops away
///
/// Source: `ip(7)`, `IP_TTL`; `tcp(7)`, `TCP_THIN_LINEAR_TIMEOUTS`, without which the kernel waits twice
/// as long before each further try.
final class Nudge {
  /// How it is made.
  struct Plan {
    var purpose: NudgeWait.Purpose
    var climbs: Bool
    /// How long to listen.
    var limit: Microseconds
    /// The end of the whole session's time; `nil` without.
    var lastMoment: Microseconds?
  }

  /// What came of it.
  struct Outcome {
    /// Times are the network's.
    var record: NudgeRecord
    /// What came, as it came: secrets that the peer repeats are in it yet.
    var text: [UInt8] = []
    /// Bytes handed to the kernel.
    var written = 0
    var acknowledgedAtTTL: Int?
    var greatestTTL: Int?
    /// A complete reply came.
    var isAnswered = false
  }

  /// What it does once it has begun.
  private struct AtWork {
    var wait: NudgeWait
    let onDone: (Outcome) -> Void
    var cancelTimer: (() -> Void)?
  }

  private static let textLimit = 512

  private let channel: Channel
  private let network: any Network
  private let plan: Plan
  private var outcome: Outcome
  private var clear: [UInt8] = []
  /// `nil` before it begins, and when it is done.
  private var work: AtWork?

  init(_ channel: Channel, network: any Network, plan: Plan) {
    self.channel = channel
    self.network = network
    self.plan = plan
    outcome = Outcome(record: NudgeRecord(sent: network.now))
  }

  private var transport: any Transport { channel.transport }

  /// Sends it; `done` is called once, perhaps at once.
  func start(_ done: @escaping (Outcome) -> Void) {
    transport.onReady = { [weak self] _ in self?.look() }
    transport.setInterest(reading: true, writing: false)
    transport.ask()
    _ = transport.drainTimestamps()
    _ = transport.drainErrors()
    let segmentsOut = transport.facts().dataSegmentsOut ?? 0
    let climbs = plan.climbs && transport.set(.timeToLive(1)) == nil
    if climbs { _ = transport.set(.linearTimeouts(true)) }
    work = AtWork(
      wait: NudgeWait(
        plan.purpose, limit: plan.limit, lastMoment: plan.lastMoment,
        climbsFrom: climbs ? segmentsOut : nil, at: network.now),
      onDone: done)
    send()
    look()
  }

  /// Ends it now, with what there is.
  func stop() { finish() }

  private func send() {
    guard case .success(let sealed) = channel.seal(Array("NOOP\r\n".utf8)) else { return finish() }
    outcome.record.sent = network.now
    switch channel.write(sealed.bytes[...], endsSegment: true, wantsTimestamps: true) {
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
    guard work != nil else { return }
    transport.ask()
    _ = transport.drainErrors()
    let stamp = transport.drainTimestamps().last { $0.kind == .acknowledged }
    let facts = transport.facts()
    tell(
      .kernel(
        isAcknowledged: facts.outstanding == 0 && facts.readByPeer != false, at: stamp?.at,
        segmentsOut: facts.dataSegmentsOut))
    read()
    guard work?.wait.isOver(at: network.now) == false else { return finish() }
    rearm()
  }

  /// Tells the machine, and lets the segment go as far as it says.
  private func tell(_ input: NudgeWait.Input) {
    let before = work?.wait.hops
    work?.wait.receive(input, at: network.now)
    let hops = work?.wait.hops
    guard hops != before else { return }
    _ = transport.set(.timeToLive(hops))
    if hops == nil { _ = transport.set(.linearTimeouts(false)) }
  }

  private func read() {
    for _ in 0..<16 {
      switch channel.read() {
      case .bytes(let opened): took(opened)
      case .wouldBlock: return
      case .endOfStream:
        outcome.record.closed = true
        return tell(.end)
      case .failed(let failure):
        outcome.record.failure = failure
        return tell(.end)
      }
    }
  }

  private func took(_ opened: Channel.Opened) {
    outcome.record.receivedBytes += opened.count
    outcome.record.first = outcome.record.first ?? opened.at
    clear += opened.clear.prefix(max(0, Self.textLimit - clear.count))
    for case .send(let flight) in opened.actions {
      _ = channel.write(flight.bytes[...], endsSegment: true)
    }
    tell(.arrival(isReply: isReply(clear)))
    if opened.endsTLS {
      outcome.record.closed = true
      tell(.end)
    }
  }

  private func rearm() {
    guard let wait = work?.wait else { return }
    work?.cancelTimer?()
    work?.cancelTimer = network.schedule(at: wait.nextLook(at: network.now)) { [weak self] in
      self?.look()
    }
  }

  private func finish() {
    guard let work else { return }
    // What is outstanding may go as far as it must from here on, too.
    tell(.stop)
    self.work = nil
    work.cancelTimer?()
    transport.onReady = nil
    outcome.text = clear
    outcome.record.listened = network.now - outcome.record.sent
    outcome.record.acknowledged = work.wait.acknowledged
    outcome.acknowledgedAtTTL = work.wait.acknowledgedAtTTL
    outcome.greatestTTL = work.wait.greatestTTL
    outcome.isAnswered = work.wait.isAnswered
    work.onDone(outcome)
  }
}

/// Whether the text holds a whole reply: a line whose code is not followed by a hyphen.
private func isReply(_ text: [UInt8]) -> Bool {
  let lines = text.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast()
  return lines.contains { $0.dropFirst(3).first != UInt8(ascii: "-") }
}
