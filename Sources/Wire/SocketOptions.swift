/// What to ask of the kernel before connecting; `nil` leaves its choice alone.
///
/// Some of it only works before the SYN, which carries the segment size and the window scale.
package struct SocketOptions: Sendable, Equatable {
  /// Whether small segments leave at once instead of waiting for an ACK (`TCP_NODELAY`, RFC 896).
  package var noDelay = true
  /// Greatest segment to send and to advertise, bytes; timestamps take 12 of them (`TCP_MAXSEG`).
  package var maximumSegmentSize: Int?
  /// Bytes; the kernel doubles it; under 64 KiB our window scale becomes 0 (`SO_RCVBUF`).
  package var receiveBuffer: Int?
  /// Bytes; the kernel doubles it (`SO_SNDBUF`).
  package var sendBuffer: Int?
  /// How the don't-fragment bit is used (`IP_MTU_DISCOVER`).
  package var pathMTUDiscovery: PathMTUDiscovery?
  /// Numeric address to connect from.
  package var localAddress: String?
  /// Port to connect from.
  package var localPort: Int?
  /// Whether the SYN asks for or carries more than a connection.
  package var fastOpen = FastOpen.off
  /// Whether ACKs leave at once (`TCP_QUICKACK`; the kernel goes its own way again after a while).
  package var quickAcknowledge: Bool?
  /// Seconds of silence after which an empty segment asks whether the peer is there, and between one
  /// such and the next (`SO_KEEPALIVE`, `TCP_KEEPIDLE`, `TCP_KEEPINTVL`); `nil` sends none.
  package var keepAlive: Int?

  /// The kernel's own choices, but for ``noDelay``.
  package init() {}
}

/// How the kernel treats the path's MTU (ip(7), `IP_MTU_DISCOVER`).
package enum PathMTUDiscovery: String, Sendable, CaseIterable {
  /// Always set don't-fragment, and never send more than the path is known to take.
  case `do`
  /// Never set don't-fragment.
  case dont
  /// As the route says: the usual case.
  case want
  /// Set don't-fragment and ignore what is known of the path.
  case probe
}

/// TCP Fast Open (RFC 7413) as a client may use it.
package enum FastOpen: Sendable, Equatable {
  /// A plain SYN.
  case off
  /// A SYN that asks for a cookie or carries one, without data.
  ///
  /// It suits a protocol whose server speaks first. `TCP_FASTOPEN_CONNECT` would deadlock there,
  /// because no SYN leaves until something is written.
  case cookie
  /// A SYN with these bytes, as far as a cookie from before and the segment size allow.
  case data([UInt8])
}
