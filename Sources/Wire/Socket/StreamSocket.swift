import CLinuxSocket
import Glibc
package import SessionTrace

/// A stream socket, TCP or UNIX, non-blocking, on a loop: every byte it takes is counted.
///
/// It stands for one attempt: a failed connection is followed by a new socket. The loop does not
/// keep it; its owner does, and the descriptor is closed with it at the latest. Bytes are counted
/// as offsets in our stream, from the first byte after the handshake, those in a Fast Open SYN
/// included.
package final class StreamSocket {
  /// Where it is in its life.
  enum Phase {
    /// No descriptor yet.
    case idle
    /// The SYN is out.
    case connecting
    /// There is, or was, a connection; errors of it come from reading and writing.
    case connected
    /// There was never one. The descriptor stays, for the kernel's facts.
    case failed
    /// The descriptor is gone.
    case closed
  }

  /// Called from the loop when something asked for by ``setInterest(reading:writing:)`` is there,
  /// and for errors in any case. Forgotten on close, so that a cycle through it ends there.
  package var onReady: ((Readiness) -> Void)?
  /// Whether the kernel is asked when a write left, too, where it is asked for the times of one.
  package var timesSending = true
  /// How many bytes the kernel has taken from us, sent or not.
  package internal(set) var bytesWritten = 0
  /// How many of the Fast Open bytes the kernel queued with the SYN; the rest is still to write.
  package internal(set) var fastOpenBytesAccepted = 0
  /// Who made the attempt fail: `icmp`, `rst`, `timeout` or `local`; `nil` without failure.
  package internal(set) var connectFailureOrigin: String?
  /// Our end, once there is one.
  package internal(set) var localEndpoint: Endpoint?
  /// The peer's end, from the moment we try to reach it.
  package internal(set) var remoteEndpoint: Endpoint?

  let loop: EventLoop
  var descriptor = Descriptor()
  var family = WIRE_FAMILY_NONE
  var phase = Phase.idle
  /// What `tcpi_bytes_acked` said before any byte of ours could be acknowledged: it counts the SYN.
  var acknowledgedAtStart: Int64 = 0
  /// `SO_ERROR` of a failed attempt, once it was taken from the kernel; 0 without.
  var connectError: Int32 = 0
  /// Why there was never a connection.
  var connectFailure: SystemFailure?
  /// An error that ended the connection and was met while looking for others; 0 without. The kernel
  /// tells it only once, so it is kept for the next read.
  var takenError: Int32 = 0
  /// A UNIX peer closed with bytes of ours unread, which is what `ECONNRESET` means there
  /// (`unix_release_sock`).
  var wasLeftUnread = false
  var timestamps: [TransmitTimestamp] = []
  var errorReports: [SocketErrorReport] = []

  /// What the kernel said of the connection in the turn at hand, while nothing has been done to it since.
  var knownFacts: wire_tcp_facts?
  /// Whether the loop is serving this socket.
  private(set) var isServed = false

  private var token: WatchToken?
  private var interest: Readiness = [.readable, .hangup]
  /// What the loop was told to watch for.
  private var watched: Readiness = []

  /// A socket that is to connect.
  package init(loop: EventLoop) {
    self.loop = loop
  }

  /// A connection that a listener accepted.
  init(loop: EventLoop, accepted: consuming Descriptor) throws(FailedCall) {
    self.loop = loop
    descriptor = accepted
    let local = SocketAddress.local(of: descriptor.number)
    family = local?.family ?? WIRE_FAMILY_NONE
    remoteEndpoint = SocketAddress.remote(of: descriptor.number)?.endpoint
    try startWatching()
    becomeConnected()
  }

  deinit {
    stopWatching()
  }

  var isTCP: Bool { family == WIRE_FAMILY_IPV4 || family == WIRE_FAMILY_IPV6 }

  /// Says what ``onReady`` is wanted for; reading by default. Level-triggered.
  ///
  /// With neither, only changes are reported (hang-up, errors), each once: a socket that nobody
  /// reads cannot keep the loop busy. While connecting, the end of the attempt is reported in any
  /// case, and this takes effect afterwards.
  package func setInterest(reading: Bool, writing: Bool) {
    var wanted: Readiness = []
    if reading { wanted.formUnion([.readable, .hangup]) }
    if writing { wanted.insert(.writable) }
    if wanted.isEmpty { wanted = [.hangup, .onChange] }
    interest = wanted
    applyInterest()
  }

  /// Changes an option of the socket; returns what the kernel had against it.
  package func set(_ option: LiveOption) -> SystemFailure? {
    switch option {
    case .noDelay(let isOn): apply(.noDelay, isOn ? 1 : 0)
    case .cork(let isOn): apply(.cork, isOn ? 1 : 0)
    case .quickAcknowledge(let isOn): apply(.quickAcknowledge, isOn ? 1 : 0)
    case .receiveBuffer(let bytes): apply(.receiveBuffer, bytes)
    case .sendBuffer(let bytes): apply(.sendBuffer, bytes)
    case .windowClamp(let bytes): apply(.windowClamp, bytes)
    case .linger(let seconds): apply(.linger, seconds ?? -1)
    case .timeToLive(let hops): apply(.hopLimit, hops ?? -1)
    case .linearTimeouts(let isOn): apply(.linearTimeouts, isOn ? 1 : 0)
    case .keepAlive(let isOn): apply(.keepAlive, isOn ? 1 : 0)
    case .keepAlivePace(let seconds):
      apply(.keepAliveIdle, seconds)
        ?? apply(.keepAliveInterval, seconds)
    }
  }

  /// Sends FIN behind what was written; reading goes on.
  package func shutdownWrite() {
    knownFacts = nil
    _ = wire_shutdown_write(descriptor.number)
  }

  /// Closes the descriptor: with FIN, or with RST when asked or when bytes were left unread.
  package func close(withReset: Bool = false) {
    guard phase != .closed else { return }
    phase = .closed
    knownFacts = nil
    onReady = nil
    // The kernel takes a descriptor that is closed off the loop by itself.
    if let token { loop.forget(token) }
    token = nil
    if withReset, descriptor.isOpen { _ = apply(.linger, 0) }
    descriptor.close()
  }

  /// Sets one option by number.
  func require(_ option: SocketOption, _ value: Int) throws(FailedCall) {
    // Some let bytes go that were kept back.
    knownFacts = nil
    try option.set(value, on: descriptor.number, family)
  }

  private func apply(_ option: SocketOption, _ value: Int) -> SystemFailure? {
    do {
      try require(option, value)
      return nil
    } catch {
      return error.failure
    }
  }

  /// Puts the descriptor on the loop.
  func startWatching() throws(FailedCall) {
    watched = effectiveInterest
    token = try loop.watch(descriptor.number, for: watched, self)
  }

  /// Takes it off again.
  func stopWatching() {
    guard let token else { return }
    loop.unwatch(token, descriptor.number)
    self.token = nil
  }

  /// Tells the loop what is wanted now.
  func applyInterest() {
    guard let token, watched != effectiveInterest else { return }
    watched = effectiveInterest
    loop.change(token, descriptor.number, to: watched)
  }

  /// Whether the loop hears of a condition again and again as long as it lasts.
  var reportsConditions: Bool { !interest.contains(.onChange) }

  private var effectiveInterest: Readiness { phase == .connecting ? .writable : interest }
}

extension StreamSocket: Watcher {
  func handle(_ readiness: Readiness) {
    isServed = true
    defer {
      isServed = false
      knownFacts = nil
    }
    // Before the owner hears of it: reading the error queue is what stops epoll from repeating it.
    if readiness.contains(.error) { collectErrors() }
    onReady?(readiness)
  }
}
