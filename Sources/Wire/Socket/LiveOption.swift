/// What can be changed on a socket that is connected.
package enum LiveOption: Sendable, Equatable {
  /// `TCP_NODELAY`.
  case noDelay(Bool)
  /// `TCP_CORK`.
  case cork(Bool)
  /// `TCP_QUICKACK`: false brings the delayed ACK back on loopback, until the next read.
  case quickAcknowledge(Bool)
  /// `SO_RCVBUF`, bytes.
  case receiveBuffer(Int)
  /// `SO_SNDBUF`, bytes.
  case sendBuffer(Int)
  /// `TCP_WINDOW_CLAMP`, bytes: the greatest window to advertise.
  case windowClamp(Int)
  /// `SO_LINGER`: `.linger(seconds: 0)` makes close send RST; `nil` switches it off.
  case linger(seconds: Int?)
  /// `IP_TTL` or `IPV6_UNICAST_HOPS`; `nil` goes back to the kernel's default.
  case timeToLive(Int?)
  /// `TCP_THIN_LINEAR_TIMEOUTS`: while little is in flight, the first six retransmissions come at
  /// equal distances instead of each after twice the time.
  case linearTimeouts(Bool)
  /// `SO_KEEPALIVE`.
  case keepAlive(Bool)
  /// `TCP_KEEPIDLE` and `TCP_KEEPINTVL`, in seconds: when the first probe leaves, and those after it.
  case keepAlivePace(seconds: Int)
}
