import SessionTrace

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
  /// Codepoint of the service that every packet asks routers for, 0 to 63 (RFC 2474; `IP_TOS`).
  package var codepoint: Int?
  /// Numeric address to connect from.
  package var localAddress: String?
  /// Port to connect from.
  package var localPort: Int?
  /// Whether the SYN asks for or carries more than a connection.
  package var fastOpen = FastOpen.off
  /// What the SYN carries with ``FastOpen/data``: no option, but what the session begins with.
  package var firstBytes: [UInt8] = []
  /// Whether ACKs leave at once (`TCP_QUICKACK`; the kernel goes its own way again after a while).
  package var quickAcknowledge: Bool?
  /// Seconds of silence after which an empty segment asks whether the peer is there, and between one
  /// such and the next (`SO_KEEPALIVE`, `TCP_KEEPIDLE`, `TCP_KEEPINTVL`); `nil` sends none.
  package var keepAlive: Int?

  /// The kernel's own choices, but for ``noDelay``.
  package init() {}
}

/// A row for each that a user can set.
extension OptionRow {
  package static let nodelay = flag(
    "nodelay", \.socket.noDelay, .transport,
    "TCP_NODELAY; --no-nodelay leaves Nagle's algorithm on."
  ).with { $0.actsFrom = .ehlo }

  package static let fastOpen = value(
    "fast-open", \.socket.fastOpen, .transport,
    "TCP Fast Open: off, cookie (no data in the SYN), data (EHLO in the SYN)."
  ).with { $0.actsFrom = .connect }

  package static let mss = value(
    "mss", \.socket.maximumSegmentSize, in: 88...65_495, .transport,
    "Greatest segment, to send and to advertise, bytes (TCP_MAXSEG)."
  ).with { $0.actsFrom = .connect }

  package static let pmtuDiscovery = value(
    "pmtu-discovery", \.socket.pathMTUDiscovery, .transport,
    "Path-MTU discovery: do, dont, want, probe."
  ).with { $0.actsFrom = .connect }

  package static let rcvbuf = value(
    "rcvbuf", \.socket.receiveBuffer, in: 1...(1 << 30), .transport,
    "Receive buffer, bytes (SO_RCVBUF)."
  ).with { $0.actsFrom = .connect }

  package static let sndbuf = value(
    "sndbuf", \.socket.sendBuffer, in: 1...(1 << 30), .transport, "Send buffer, bytes (SO_SNDBUF)."
  ).with { $0.actsFrom = .ehlo }

  // MAX_TCP_KEEPIDLE of the kernel.
  package static let keepalive = value(
    "keepalive", \.socket.keepAlive, in: 1...32_767, .transport,
    "Ask after so many seconds of silence whether the peer is there (SO_KEEPALIVE)."
  ).with {
    $0.placeholder = "seconds"
    $0.actsFrom = .banner
  }

  package static let dscp = value(
    "dscp", \.socket.codepoint, in: 0...63, .transport,
    "Codepoint of every packet, for routers that treat mail apart (IP_TOS, IPV6_TCLASS)."
  ).with {
    $0.placeholder = "codepoint"
    $0.actsFrom = .connect
  }

  package static let localAddress = value(
    "local-address", \.socket.localAddress, .transport, "Address to connect from."
  ).with {
    $0.aliases = ["local-interface"]
    $0.names = .ownAddress
    $0.actsFrom = .connect
  }

  package static let localPort = value(
    "local-port", \.socket.localPort, in: 1...65_535, .transport, "Port to connect from."
  ).with { $0.actsFrom = .connect }

  /// In the order in which a comparison tells of them.
  static let ofSockets = [
    nodelay, fastOpen, mss, pmtuDiscovery, rcvbuf, sndbuf, keepalive, dscp, localAddress,
    localPort,
  ]
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
package enum FastOpen: String, Sendable, CaseIterable {
  /// A plain SYN.
  case off
  /// A SYN that asks for a cookie or carries one, without data.
  ///
  /// It suits a protocol whose server speaks first. `TCP_FASTOPEN_CONNECT` would deadlock there,
  /// because no SYN leaves until something is written.
  case cookie
  /// A SYN with ``SocketOptions/firstBytes``, as far as a cookie from before and the segment size
  /// allow.
  case data
}
