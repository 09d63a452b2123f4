import CLinuxSocket
import Glibc
import SessionOptions

/// One option of a socket: where setsockopt(2) keeps it, and its name for people.
///
/// The value of each is an int, of ``linger`` seconds (negative switches it off).
struct SocketOption: Sendable {
  private struct Place: Sendable {
    var level: Int32
    var name: Int32
    var text: String
  }

  private let ip: Place
  /// Where it is another one on IPv6.
  private var ipv6: Place?

  // tcp(7)
  static let noDelay = tcp(TCP_NODELAY, "TCP_NODELAY")
  static let cork = tcp(TCP_CORK, "TCP_CORK")
  static let quickAcknowledge = tcp(TCP_QUICKACK, "TCP_QUICKACK")
  static let maximumSegment = tcp(TCP_MAXSEG, "TCP_MAXSEG")
  static let windowClamp = tcp(TCP_WINDOW_CLAMP, "TCP_WINDOW_CLAMP")
  static let fastOpenQueue = tcp(TCP_FASTOPEN, "TCP_FASTOPEN")
  static let keepAliveIdle = tcp(TCP_KEEPIDLE, "TCP_KEEPIDLE")
  static let keepAliveInterval = tcp(TCP_KEEPINTVL, "TCP_KEEPINTVL")
  static let linearTimeouts = tcp(TCP_THIN_LINEAR_TIMEOUTS, "TCP_THIN_LINEAR_TIMEOUTS")
  // socket(7)
  static let receiveBuffer = socket(SO_RCVBUF, "SO_RCVBUF")
  static let sendBuffer = socket(SO_SNDBUF, "SO_SNDBUF")
  static let reuseAddress = socket(SO_REUSEADDR, "SO_REUSEADDR")
  static let keepAlive = socket(SO_KEEPALIVE, "SO_KEEPALIVE")
  static let linger = socket(SO_LINGER, "SO_LINGER")
  // ip(7), ipv6(7)
  static let pathMTUDiscovery = ip(
    IP_MTU_DISCOVER, "IP_MTU_DISCOVER", six: IPV6_MTU_DISCOVER, "IPV6_MTU_DISCOVER")
  static let hopLimit = ip(IP_TTL, "IP_TTL", six: IPV6_UNICAST_HOPS, "IPV6_UNICAST_HOPS")
  /// The codepoint in its upper six bits (RFC 2474 section 3).
  static let service = ip(IP_TOS, "IP_TOS", six: IPV6_TCLASS, "IPV6_TCLASS")
  static let errorQueue = ip(IP_RECVERR, "IP_RECVERR", six: IPV6_RECVERR, "IPV6_RECVERR")
  static let bindWithoutPort = SocketOption(
    ip: Place(level: ipLevel, name: IP_BIND_ADDRESS_NO_PORT, text: "IP_BIND_ADDRESS_NO_PORT"))
  static let ipv6Only = SocketOption(
    ip: Place(level: ipv6Level, name: IPV6_V6ONLY, text: "IPV6_V6ONLY"))

  private static let ipLevel = Int32(IPPROTO_IP)
  private static let ipv6Level = Int32(IPPROTO_IPV6)

  private static func tcp(_ name: Int32, _ text: String) -> SocketOption {
    SocketOption(ip: Place(level: Int32(IPPROTO_TCP), name: name, text: text))
  }

  private static func socket(_ name: Int32, _ text: String) -> SocketOption {
    SocketOption(ip: Place(level: SOL_SOCKET, name: name, text: text))
  }

  private static func ip(
    _ name: Int32, _ text: String, six: Int32, _ textOfSix: String
  ) -> SocketOption {
    SocketOption(
      ip: Place(level: ipLevel, name: name, text: text),
      ipv6: Place(level: ipv6Level, name: six, text: textOfSix))
  }

  /// Sets it on a socket of that family; the call's name is for its failure.
  func set(_ value: Int, on descriptor: Int32, _ family: wire_family) throws(FailedCall) {
    let place = family == WIRE_FAMILY_IPV6 ? ipv6 ?? ip : ip
    _ = try checked(
      "setsockopt(\(place.text))",
      wire_set_option(descriptor, place.level, place.name, Int32(clamping: value)))
  }
}

extension SocketOptions {
  /// Those that are plain numbers, for a TCP socket that does not yet connect.
  var beforeConnecting: [(SocketOption, Int)] {
    var wanted: [(SocketOption, Int)] = [(.errorQueue, 1)]
    if noDelay { wanted.append((.noDelay, 1)) }
    if let maximumSegmentSize { wanted.append((.maximumSegment, maximumSegmentSize)) }
    if let receiveBuffer { wanted.append((.receiveBuffer, receiveBuffer)) }
    if let sendBuffer { wanted.append((.sendBuffer, sendBuffer)) }
    if let quickAcknowledge { wanted.append((.quickAcknowledge, quickAcknowledge ? 1 : 0)) }
    if let keepAlive {
      wanted.append((.keepAlive, 1))
      wanted.append((.keepAliveIdle, keepAlive))
      wanted.append((.keepAliveInterval, keepAlive))
    }
    if let mode = pathMTUDiscovery { wanted.append((.pathMTUDiscovery, mode.kernelValue)) }
    if let codepoint { wanted.append((.service, codepoint << 2)) }
    return wanted
  }
}

extension PathMTUDiscovery {
  /// `IPV6_PMTUDISC_*` are the same numbers.
  fileprivate var kernelValue: Int {
    switch self {
    case .do: Int(IP_PMTUDISC_DO)
    case .dont: Int(IP_PMTUDISC_DONT)
    case .want: Int(IP_PMTUDISC_WANT)
    case .probe: Int(IP_PMTUDISC_PROBE)
    }
  }
}
