import CLinuxSocket
import Glibc
package import SessionOptions
import SessionTrace

extension StreamSocket {
  /// Applies the options and begins to connect; on a UNIX socket the TCP ones are passed over.
  ///
  /// An option that the kernel refuses fails the attempt: a probe that silently tests something
  /// else is worse than none. With Fast Open data, see ``fastOpenBytesAccepted``.
  package func connect(to endpoint: Endpoint, options: SocketOptions = SocketOptions())
    -> ConnectProgress
  {
    guard phase == .idle else {
      return .failed(SystemFailure(call: "connect", errno: EALREADY))
    }
    remoteEndpoint = endpoint
    do {
      let isConnected = try begin(endpoint, options)
      guard isConnected else { return .inProgress }
      becomeConnected()
      return .connected
    } catch {
      return fail(error.failure)
    }
  }

  /// How the attempt ended; asked when the socket is writable or has an error.
  ///
  /// Once connected, timestamps are armed and the acknowledgement counter's start is noted. A
  /// connection that the peer made and reset before we asked was one all the same: reading it
  /// brings what the peer sent, and then the reset.
  package func finishConnecting() -> ConnectProgress {
    switch phase {
    case .connecting: break
    case .connected: return .connected
    case .failed: return .failed(connectFailure ?? SystemFailure(call: "connect", errno: ENOTCONN))
    case .idle, .closed: return .failed(SystemFailure(call: "connect", errno: ENOTCONN))
    }
    // Nearly always, and told by the look that a connection begins with anyway.
    if connectError == 0, isTCP, isAlive, tcpFacts().state != Int64(WIRE_TCP_SYN_SENT) {
      becomeConnected()
      return .connected
    }
    takeConnectError()
    if connectError != 0 {
      // What stands on the queue without an error of the attempt was reported, and taken, before.
      collectErrors()
      guard wasAnswered else {
        return fail(SystemFailure(call: "connect", errno: connectError))
      }
      // The kernel has told it and will not again: the read that finds the end will.
      takenError = connectError
    } else if SocketAddress.remote(of: descriptor.number) == nil {
      return .inProgress
    }
    becomeConnected()
    return .connected
  }

  /// Whether the peer acknowledged our SYN, which a refusal does not.
  private var wasAnswered: Bool {
    isTCP && tcpFacts().bytes_acknowledged > 0
  }

  /// Keeps `SO_ERROR` of the attempt. Before the error queue is read: taking an ICMP report from
  /// the queue clears the socket's error.
  func takeConnectError() {
    if connectError == 0 { connectError = wire_take_error(descriptor.number) }
  }

  /// Arms what can only be armed on a connection.
  func becomeConnected() {
    phase = .connected
    // Known since the SYN, unless somebody else sent that.
    if localEndpoint == nil {
      localEndpoint = SocketAddress.local(of: descriptor.number)?.endpoint
    }
    if isTCP {
      let start = tcpFacts().bytes_acknowledged
      // 1 for the SYN of a client, 0 on an accepted connection. Only what a Fast Open SYN carried
      // can be in it besides, and that is ours to count.
      acknowledgedAtStart = max(0, fastOpenBytesAccepted > 0 ? min(start, 1) : start)
      _ = wire_arm_send_times(descriptor.number)
    }
    applyInterest()
  }

  /// Makes the socket and sends the SYN; true when there is a connection already.
  private func begin(_ endpoint: Endpoint, _ options: SocketOptions) throws(FailedCall) -> Bool {
    let address = try SocketAddress(endpoint)
    family = address.family
    descriptor = Descriptor(try checked("socket", wire_stream_socket(family)))
    if isTCP {
      for (option, value) in options.beforeConnecting { try require(option, value) }
      // Receive times are a refinement: without them the moment of the read stands in.
      _ = wire_arm_receive_times(descriptor.number)
      try bindLocally(options)
    }
    let status = sendSYN(to: address, isTCP ? options.fastOpen : .off, options.firstBytes)
    if status != -EINPROGRESS { _ = try checked("connect", status) }
    phase = .connecting
    localEndpoint = SocketAddress.local(of: descriptor.number)?.endpoint
    try startWatching()
    // TCP is never connected before the SYN-ACK: 0 means that the kernel took Fast Open data.
    return status == 0 && !isTCP
  }

  private func bindLocally(_ options: SocketOptions) throws(FailedCall) {
    guard options.localAddress != nil || options.localPort != nil else { return }
    let anywhere = family == WIRE_FAMILY_IPV6 ? "::" : "0.0.0.0"
    // The port may still be in TIME_WAIT from the run before: both runs must have said this.
    try require(.reuseAddress, 1)
    // Without one, the kernel picks it at connect, when it knows which are free for this peer.
    if options.localPort == nil { try require(.bindWithoutPort, 1) }
    var raw = try SocketAddress(
      .ip(address: options.localAddress ?? anywhere, port: options.localPort ?? 0)
    ).raw
    _ = try checked("bind", unsafe wire_bind(descriptor.number, &raw))
  }

  /// 0, `-EINPROGRESS`, or another negated errno.
  private func sendSYN(
    to address: SocketAddress, _ fastOpen: FastOpen, _ firstBytes: [UInt8]
  ) -> Int32 {
    var raw = address.raw
    let bytes: [UInt8]
    switch fastOpen {
    case .off: return unsafe wire_connect(descriptor.number, &raw)
    case .cookie: bytes = []
    case .data: bytes = firstBytes
    }
    let count = unsafe wire_connect_fast_open(descriptor.number, &raw, bytes, bytes.count)
    guard count >= 0 else { return Int32(clamping: count) }
    fastOpenBytesAccepted = Int(count)
    bytesWritten = Int(count)
    return 0
  }

  private func fail(_ failure: SystemFailure) -> ConnectProgress {
    connectFailureOrigin = origin(of: failure)
    connectFailure = failure
    phase = .failed
    stopWatching()
    return .failed(failure)
  }

  private func origin(of failure: SystemFailure) -> String {
    if errorReports.contains(where: { $0.origin == .icmp }) { return "icmp" }
    switch Int32(clamping: failure.code) {
    // Only what came back from the network: refused and reset are RSTs, the kernel's own patience
    // is a timeout. While nothing was sent, it is always our own doing.
    case ECONNREFUSED where phase == .connecting, ECONNRESET where phase == .connecting:
      return isTCP ? "rst" : "local"
    case ETIMEDOUT where phase == .connecting: return "timeout"
    default: return "local"
    }
  }
}
