import Probe
import SessionOptions
import SessionTrace
@testable import Simulation
import Wire

/// One connection to a made-up site: both ends, and the way between them.
final class SiteLink {
  let transport: SimulatedTransport
  var onEnd: () -> Void = {}

  private let site: Site
  private let faults: [SiteFault]
  private let clock: VirtualClock
  private let client: TCPEnd
  private let far: TCPEnd
  private var server: SiteServer?
  private var furthest = 0
  private var segments = 0
  private var mayBeCut = false
  private var lastSeen: Microseconds = 0
  private var isForgotten = false
  private var isOver = false

  init(
    _ site: Site, isFaulty: Bool, refusal: Site.Refusal?, clock: VirtualClock,
    random: SeededRandom
  ) {
    self.site = site
    self.clock = clock
    faults = isFaulty ? site.faults : []
    client = TCPEnd(TCPEnd.Settings(segmentSize: SiteFault.longestSegment), clock: clock)
    far = TCPEnd(TCPEnd.Settings(segmentSize: SiteFault.longestSegment), clock: clock)
    client.learn(window: 65_536)
    far.learn(window: 65_536)
    var path = SimulatedPath.Settings()
    path.delay = site.delay
    path.lossPercent = site.lossPercent
    let there = SimulatedPath(path, clock: clock, random: random)
    let back = SimulatedPath(path, clock: clock, random: random)
    var settings = SimulatedTransport.Settings(connectDelay: 2 * site.delay)
    settings.fastOpenBytes = 1_000
    settings.cutsReads = false
    settings.connects =
      switch refusal {
      case .noAnswer: nil
      case .refused: false
      case .silence, .closes, .says421, .says554, nil: true
      }
    let ledger = TruthLedger(ReplyBook(), listens: false)
    var accept: () -> Void = {}
    transport = SimulatedTransport(
      settings, end: client, ledger: ledger, clock: clock, random: random,
      onConnected: { accept() })
    let server = SiteServer(site, isFaulty: isFaulty, end: far, clock: clock) { [weak self] in
      self?.over()
    }
    self.server = server
    accept = { [weak self, weak server] in
      self?.lastSeen = clock.now
      server?.accepted(refusal)
    }
    there.deliver = { [far] in far.receive($0) }
    back.deliver = { [client] in client.receive($0) }
    transport.onConnecting = { [weak self] in self?.configure($0) }
    transport.onClosed = { [weak self] in self?.over() }
    client.transmitPacket = { [weak self] in
      if self?.passes($0) == true { there.send($0) }
    }
    far.transmitPacket = { [weak self] in
      if self?.passesBack($0) == true { back.send($0) }
    }
  }

  private func over() {
    guard !isOver else { return }
    isOver = true
    onEnd()
  }

  private func configure(_ options: SocketOptions) {
    if let size = options.maximumSegmentSize {
      client.settings.segmentSize = min(size, client.settings.segmentSize)
      far.settings.segmentSize = min(size, far.settings.segmentSize)
    }
    client.settings.noDelay = options.noDelay
    mayBeCut = options.pathMTUDiscovery == .dont
    if let seconds = options.keepAlive { keepAlive(every: .seconds(Microseconds(seconds))) }
  }

  private func keepAlive(every interval: Microseconds) {
    clock.after(interval) { [weak self] in
      guard let self, !isOver, client.state == .open else { return }
      client.probe()
      keepAlive(every: interval)
    }
  }

  // MARK: - The way there

  private func passes(_ packet: Packet) -> Bool {
    // A time to live that ends before the server.
    if let hops = client.timeToLive, hops < 3 { return false }
    guard remembers() else { return false }
    guard !packet.bytes.isEmpty else { return true }
    segments += 1
    if packet.end > furthest {
      server?.segmentEnds.insert(packet.end)
      take(packet)
      furthest = packet.end
    }
    return !faults.contains { loses(packet, $0) }
  }

  private func loses(_ packet: Packet, _ fault: SiteFault) -> Bool {
    switch fault {
    case .losesLengths(let lengths, let unlessCut):
      lengths.contains(packet.bytes.count) && !(unlessCut && mayBeCut)
    case .losesEvery(let period): segments % period == 0
    case .losesWord(let word): packet.bytes.firstRange(of: word) != nil
    default: false
    }
  }

  /// What a box takes, and passes nothing on of.
  private func take(_ packet: Packet) {
    guard let server, server.isInEnvelope else { return }
    for fault in faults {
      switch fault {
      case .swallowsLength(packet.bytes.count): server.lost.append(packet.offset..<packet.end)
      case .swallowsEvery(let period) where packet.bytes.count > 40:
        if packet.bytes.count % period == 0 { server.lost.append(packet.offset..<packet.end) }
      default: break
      }
    }
  }

  private func passesBack(_ packet: Packet) -> Bool {
    guard remembers() else { return false }
    for case .losesReplies(let most) in faults where packet.bytes.count > most { return false }
    return true
  }

  /// Whether a box that keeps a table of connections still has this one.
  private func remembers() -> Bool {
    defer { lastSeen = clock.now }
    for case .forgets(let after, let resets) in faults {
      if clock.now - lastSeen > after { isForgotten = true }
      guard isForgotten else { continue }
      if resets { clock.after(1_000) { [client] in client.receive(Packet(isReset: true)) } }
      return false
    }
    return true
  }
}
