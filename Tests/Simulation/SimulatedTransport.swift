import Probe
import SessionOptions
import SessionTrace
import Wire

/// The client's kernel as the session sees it: a ``TCPEnd`` behind the probe's own protocol.
///
/// It may take less than is offered, give less than there is, and say would-block without need: all
/// of that is allowed to a kernel.
final class SimulatedTransport: Transport {
  struct Settings {
    var connectDelay: Microseconds = .milliseconds(40)
    /// `nil`: the SYN is never answered.
    var connects: Bool? = true
    /// The greatest read in bytes.
    var greatestRead = 65_536
    /// Each read is cut at random below that.
    var cutsReads = true
    var spuriousPercent = 0
    /// From an event in the kernel until the program hears of it.
    var wakeDelay: Microseconds = 0
    /// Bytes of Fast Open data that the SYN takes.
    var fastOpenBytes = 0
  }

  var onReady: ((Readiness) -> Void)?
  var timesSending = true
  private(set) var fastOpenBytesAccepted = 0
  let connectFailureOrigin: String? = nil
  let localEndpoint: Endpoint? = .ip(address: "192.0.2.1", port: 40_000)
  let congestionControl: String? = "none"

  let end: TCPEnd
  let ledger: TruthLedger
  private let settings: Settings
  private let clock: VirtualClock
  private var random: SeededRandom
  private var wantsReading = false
  private var wantsWriting = false
  private var isConnected = false
  private var isClosed = false
  private var isNotifying = false
  private var earlyBytes: [UInt8] = []
  private var stamps: [TransmitTimestamp] = []
  private let onConnected: () -> Void
  /// What was asked of the kernel, before the SYN leaves.
  var onConnecting: (SocketOptions) -> Void = { _ in }
  var onClosed: () -> Void = {}

  init(
    _ settings: Settings, end: TCPEnd, ledger: TruthLedger, clock: VirtualClock,
    random: SeededRandom, onConnected: @escaping () -> Void
  ) {
    self.settings = settings
    self.end = end
    self.ledger = ledger
    self.clock = clock
    self.random = random
    self.onConnected = onConnected
    end.onChange = { [weak self] in self?.notify() }
    end.onLeft = { [weak self] end in
      if self?.timesSending ?? false { self?.stamp(.sent, upTo: end) }
    }
    end.onAcknowledged = { [weak self] in self?.stamp(.acknowledged, upTo: $0) }
    end.onFirstSegment = { offset, length in ledger.left(offset, length) }
  }

  func setInterest(reading: Bool, writing: Bool) {
    wantsReading = reading
    wantsWriting = writing
    notify()
  }

  func connect(to endpoint: Endpoint, options: SocketOptions) -> ConnectProgress {
    onConnecting(options)
    var early: ArraySlice<UInt8> = []
    if options.fastOpen == .data { early = options.firstBytes.prefix(settings.fastOpenBytes) }
    if settings.connects != nil {
      clock.after(settings.connectDelay) { [weak self] in self?.answered(early) }
    }
    return .inProgress
  }

  private func answered(_ early: ArraySlice<UInt8>) {
    guard !isClosed else { return }
    isConnected = true
    if settings.connects == true {
      fastOpenBytesAccepted = end.write(early, endsSegment: false)
      earlyBytes = Array(early)
      onConnected()
    }
    notify()
  }

  func finishConnecting() -> ConnectProgress {
    guard isConnected else { return .inProgress }
    guard settings.connects == true else {
      return .failed(
        SystemFailure(call: "connect", name: "ECONNREFUSED", code: 111, text: "refused"))
    }
    ledger.connectedAt = clock.now
    // The program learns of what the SYN took together with the connection.
    ledger.wrote(earlyBytes, at: clock.now, wantsTimestamps: false)
    earlyBytes = []
    return .connected
  }

  func write(_ bytes: ArraySlice<UInt8>, endsSegment: Bool, wantsTimestamps: Bool) -> WriteOutcome {
    if let error = takeError() { return .failed(error) }
    guard end.state == .open else {
      return .failed(SystemFailure(call: "send", name: "EPIPE", code: 32, text: "broken pipe"))
    }
    guard end.room > 0, !random.chance(settings.spuriousPercent) else { return .wouldBlock }
    let offered =
      random.chance(settings.spuriousPercent)
      ? bytes.prefix(random.number(1...bytes.count)) : bytes
    // Before the call: bytes leave, and are stamped, within it.
    ledger.wrote(
      Array(offered.prefix(end.room)), at: clock.now, wantsTimestamps: wantsTimestamps)
    let isWhole = offered.count == bytes.count
    return .wrote(end.write(offered, endsSegment: endsSegment && isWhole))
  }

  func read(atMost limit: Int) -> ReadOutcome {
    if end.unread > 0 {
      let most = min(limit, min(settings.greatestRead, end.unread))
      let bytes = end.read(settings.cutsReads ? random.number(1...most) : most)
      ledger.read(bytes.count, at: clock.now)
      return .bytes(bytes, at: end.lastArrival)
    }
    // Linux, tcp_recvmsg(): a FIN that was seen comes before an error, an error before the end.
    if !end.hasPeerFinished, let error = takeError() { return .failed(error) }
    guard end.hasPeerFinished || end.state != .open else { return .wouldBlock }
    ledger.sawEnd = true
    return .endOfStream
  }

  private func takeError() -> SystemFailure? {
    defer { end.error = nil }
    if end.error != nil { ledger.sawError = end.error }
    return end.error
  }

  func facts() -> KernelFacts {
    var facts = KernelFacts()
    facts.state = end.state == .open ? "ESTABLISHED" : "CLOSE"
    facts.outstanding = end.written - end.acknowledged
    facts.unsent = end.unsent
    facts.acknowledged = end.acknowledged
    facts.received = end.received
    facts.roundTrip = settings.connectDelay
    facts.sinceDataSent = clock.now - end.lastDeparture
    facts.sinceAcknowledgement = clock.now - end.lastPacket
    facts.sendMSS = end.settings.segmentSize
    facts.retransmits = end.timeouts
    facts.totalRetransmits = end.retransmissions
    facts.backoff = end.backoff
    facts.peerWindow = end.peerWindow
    facts.congestionWindow = end.congestionWindow / end.settings.segmentSize
    facts.dataSegmentsOut = end.segmentsOut
    return facts
  }

  func set(_ option: LiveOption) -> SystemFailure? {
    if case .timeToLive(let hops) = option { end.timeToLive = hops }
    return nil
  }

  func ask() {}

  func drainTimestamps() -> [TransmitTimestamp] {
    defer { stamps = [] }
    return stamps
  }

  func drainErrors() -> [SocketErrorReport] { [] }

  func shutdownWrite() { end.finish() }

  func close(withReset: Bool) {
    isClosed = true
    onReady = nil
    ledger.close(end, at: clock.now)
    onClosed()
  }

  private func stamp(_ kind: TransmitTimestamp.Kind, upTo offset: Int) {
    let made = ledger.stamp(kind, upTo: offset, at: clock.now)
    stamps += made
    if !made.isEmpty { notify() }
  }

  private var readiness: Readiness {
    guard isConnected else { return [] }
    var ready: Readiness = []
    let isBroken = end.state != .open
    if wantsReading, end.unread > 0 || end.hasPeerFinished || isBroken { ready.insert(.readable) }
    if wantsWriting, isBroken || end.room > 0 { ready.insert(.writable) }
    if end.hasPeerFinished || isBroken { ready.insert(.hangup) }
    if end.error != nil || !stamps.isEmpty { ready.insert(.error) }
    return ready
  }

  /// Level-triggered: tells, and tells again on the next turn while there is something to tell.
  private func notify() {
    guard !isNotifying, !isClosed, !readiness.isEmpty else { return }
    isNotifying = true
    clock.after(settings.wakeDelay) { [weak self] in
      guard let self else { return }
      self.isNotifying = false
      guard !self.isClosed, !self.readiness.isEmpty else { return }
      self.onReady?(self.readiness)
      self.notify()
    }
  }
}
