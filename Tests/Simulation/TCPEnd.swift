import SessionTrace

/// One end of a simulated TCP connection: enough of RFC 9293 for every byte to be accounted for.
///
/// Send buffer and peer's window bound what leaves; lost packets are sent again from the first byte
/// without an ACK, at intervals that double; a shut window is probed. The order of arrival is the
/// order of sending, so a gap means loss and what lies behind it is not kept.
final class TCPEnd {
  struct Settings {
    var sendBuffer = 65_536
    var receiveBuffer = 65_536
    var segmentSize = 1_000
    var noDelay = true
    /// Timeouts in a row after which the connection is given up.
    var mostTimeouts = 15
    /// The first wait for an ACK; longer before a round trip was measured (RFC 6298 section 2).
    var firstTimeout = Microseconds.milliseconds(300)
  }

  enum State { case open, reset, closed }

  var settings: Settings
  let clock: VirtualClock
  var transmitPacket: (Packet) -> Void = { _ in }
  /// Something changed that the program above may want to know.
  var onChange: () -> Void = {}
  /// A cumulative ACK, or bytes that left for the first time: for timestamps.
  var onLeft: (Int) -> Void = { _ in }
  var onAcknowledged: (Int) -> Void = { _ in }
  /// A segment as it left for the first time: offset and length.
  var onFirstSegment: (Int, Int) -> Void = { _, _ in }

  private(set) var state = State.open
  /// How many routers its packets may pass; `nil` for as many as there are.
  var timeToLive: Int?
  /// What broke the connection, until somebody is told.
  var error: SystemFailure?

  // Our direction.
  private(set) var written = 0
  private(set) var sent = 0
  private(set) var acknowledged = 0
  private var next = 0
  private var queue = ByteQueue()
  private var boundaries: [Int] = []
  private var windowEnd = 65_536
  private(set) var peerWindow = 65_536
  private(set) var congestionWindow: Int
  private(set) var timeouts = 0
  private(set) var backoff = 0
  private(set) var segmentsOut = 0
  private(set) var retransmissions = 0
  /// When data last left, and when anything last came.
  private(set) var lastDeparture: Microseconds = 0
  private(set) var lastPacket: Microseconds = 0
  private var timer: Int?
  private var isFinishing = false
  private var hasNoReader = false
  private var hasSentFinal = false
  private var isFinalAcknowledged = false

  // The peer's direction.
  private var inbox = ByteQueue()
  private(set) var received = 0
  private(set) var hasPeerFinished = false
  private(set) var lastArrival: Microseconds = 0
  private var advertisedEnd: Int

  init(_ settings: Settings, clock: VirtualClock) {
    self.settings = settings
    self.clock = clock
    congestionWindow = 10 * settings.segmentSize
    advertisedEnd = settings.receiveBuffer
  }

  /// The peer's first window, as its SYN said.
  func learn(window: Int) {
    peerWindow = window
    windowEnd = window
  }

  var room: Int { max(0, settings.sendBuffer - (written - acknowledged)) }
  var unread: Int { inbox.count }
  var unsent: Int { written - sent }
  /// Whether the peer's window, less what is in flight, has no room for the next segment.
  var isWindowFull: Bool {
    windowEnd - sent < min(settings.segmentSize, nextLimit(from: sent) - sent)
  }
  var windowIsZero: Bool { windowEnd <= acknowledged }
  var isRetransmitting: Bool { timeouts > 0 && sent > acknowledged }
}

// MARK: - Sending

extension TCPEnd {
  /// Takes as many bytes as there is room for.
  func write(_ bytes: some Collection<UInt8>, endsSegment: Bool) -> Int {
    let count = min(room, bytes.count)
    guard state == .open, count > 0 else { return 0 }
    queue.append(bytes.prefix(count))
    written += count
    if endsSegment, count == bytes.count { boundaries.append(written) }
    transmit()
    return count
  }

  /// FIN behind what was written.
  func finish() {
    guard state == .open else { return }
    isFinishing = true
    transmit()
  }

  /// Asks for an ACK.
  func probe() { transmitPacket(stamped(Packet(offset: sent, isProbe: true))) }

  /// RST, now.
  func abort() {
    guard state != .closed else { return }
    state = .closed
    stopTimer()
    transmitPacket(Packet(isReset: true))
  }

  /// The program is gone: bytes that arrive from now on are answered with RST.
  func refuseFurtherBytes() { hasNoReader = true }

  private func nextLimit(from offset: Int) -> Int {
    var low = 0
    var high = boundaries.count
    while low < high {
      let middle = (low + high) / 2
      if boundaries[middle] > offset { high = middle } else { low = middle + 1 }
    }
    return low < boundaries.count ? boundaries[low] : written
  }

  private func transmit(isForced: Bool = false) {
    var isForced = isForced
    while state == .open, next < written {
      var length = min(settings.segmentSize, nextLimit(from: next) - next)
      if next < sent { length = min(length, sent - next) }
      let room = windowEnd - next
      if length > room {
        // A piece of a segment goes into a small window only when the timer says so.
        guard isForced, room > 0 else { break }
        length = room
      }
      let inFlight = next - acknowledged
      if inFlight > 0, inFlight + length > congestionWindow { break }
      if !settings.noDelay, length < settings.segmentSize, inFlight > 0, next == sent { break }
      isForced = false
      emit(length)
    }
    if state == .open, next == written, isFinishing, !hasSentFinal {
      hasSentFinal = true
      emitFinal()
    }
    startTimer()
  }

  private func emit(_ length: Int) {
    let bytes = queue.copy(from: next, count: length)
    segmentsOut += 1
    if next < sent {
      retransmissions += 1
    } else {
      onFirstSegment(next, length)
    }
    lastDeparture = clock.now
    let packet = stamped(Packet(offset: next, bytes: bytes))
    next += length
    if next > sent {
      sent = next
      onLeft(sent)
    }
    transmitPacket(packet)
  }

  private func emitFinal() { transmitPacket(stamped(Packet(offset: written, isFinal: true))) }

  private func stamped(_ packet: Packet) -> Packet {
    var packet = packet
    let free = settings.receiveBuffer - inbox.count
    // RFC 9293 section 3.8.6.2.2: no small windows, and none taken back.
    if free >= min(settings.segmentSize, settings.receiveBuffer / 2) {
      advertisedEnd = max(advertisedEnd, received + free)
    }
    packet.acknowledges = received + (hasPeerFinished ? 1 : 0)
    packet.window = advertisedEnd - received
    return packet
  }

  private func acknowledge() { transmitPacket(stamped(Packet(offset: sent))) }
}

// MARK: - Timer

extension TCPEnd {
  private var waitsForAnswer: Bool {
    acknowledged < written || (hasSentFinal && !isFinalAcknowledged)
  }

  private func startTimer() {
    guard timer == nil, state == .open, waitsForAnswer else { return }
    let first = acknowledged == 0 ? settings.firstTimeout : .milliseconds(300)
    let delay = first << min(backoff, 8)
    timer = clock.after(delay) { [weak self] in self?.timerFired() }
  }

  private func stopTimer() {
    if let timer { clock.cancel(timer) }
    timer = nil
  }

  private func timerFired() {
    timer = nil
    guard state == .open, waitsForAnswer else { return }
    backoff += 1
    if acknowledged < sent {
      timeouts += 1
      if timeouts > settings.mostTimeouts {
        breakDown(SystemFailure(call: "recv", name: "ETIMEDOUT", code: 110, text: "timed out"))
        return
      }
      congestionWindow = settings.segmentSize
      next = acknowledged
      transmit(isForced: true)
    } else if sent < written {
      if windowEnd > sent {
        transmit(isForced: true)
      } else {
        probe()
      }
    } else if hasSentFinal {
      emitFinal()
    }
    startTimer()
  }

  private func breakDown(_ failure: SystemFailure) {
    state = .reset
    error = failure
    stopTimer()
    onChange()
  }
}

// MARK: - Receiving

extension TCPEnd {
  func receive(_ packet: Packet) {
    switch state {
    case .reset: return
    case .closed:
      if !packet.isReset { transmitPacket(Packet(isReset: true)) }
      return
    case .open: break
    }
    if packet.isReset {
      // Linux, tcp_reset(): EPIPE once the peer's FIN was seen, else ECONNRESET.
      breakDown(
        hasPeerFinished
          ? SystemFailure(call: "send", name: "EPIPE", code: 32, text: "broken pipe")
          : SystemFailure(call: "recv", name: "ECONNRESET", code: 104, text: "reset by peer"))
      return
    }
    if hasNoReader, packet.end > received {
      abort()
      return
    }
    lastPacket = clock.now
    takeAcknowledgement(packet)
    takeBytes(packet)
    onChange()
  }

  private func takeAcknowledgement(_ packet: Packet) {
    let upTo = min(packet.acknowledges, written)
    if hasSentFinal, packet.acknowledges > written { isFinalAcknowledged = true }
    if upTo > acknowledged {
      congestionWindow += upTo - acknowledged
      acknowledged = upTo
      next = max(next, acknowledged)
      timeouts = 0
      backoff = 0
      queue.drop(upTo: acknowledged)
      if let keep = boundaries.firstIndex(where: { $0 > acknowledged }) {
        boundaries.removeFirst(keep)
      } else {
        boundaries.removeAll()
      }
      stopTimer()
      onAcknowledged(acknowledged)
    }
    if packet.acknowledges >= acknowledged, packet.acknowledges + packet.window >= windowEnd {
      if packet.acknowledges + packet.window > windowEnd, acknowledged == sent { stopTimer() }
      windowEnd = packet.acknowledges + packet.window
    }
    if packet.acknowledges >= acknowledged { peerWindow = windowEnd - acknowledged }
    transmit()
  }

  private func takeBytes(_ packet: Packet) {
    if packet.offset <= received, packet.end > received {
      let fresh = packet.bytes.dropFirst(received - packet.offset)
      inbox.append(fresh)
      received += fresh.count
      lastArrival = clock.now
    }
    if packet.isFinal, packet.end == received { hasPeerFinished = true }
    if !packet.bytes.isEmpty || packet.isFinal || packet.isProbe { acknowledge() }
  }

  /// Takes up to `count` bytes that have arrived; a window that was shut is opened again.
  func read(_ count: Int) -> [UInt8] {
    let wasTight = advertisedEnd - received < settings.segmentSize
    let bytes = inbox.takeFirst(min(count, inbox.count))
    let free = settings.receiveBuffer - inbox.count
    if wasTight, state == .open, free >= min(settings.segmentSize, settings.receiveBuffer / 2),
      received + free > advertisedEnd
    {
      acknowledge()
    }
    return bytes
  }
}
