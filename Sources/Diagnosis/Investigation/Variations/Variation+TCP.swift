import SessionOptions
import SessionTrace

/// The connection: its ends, and what TCP does with our bytes.
extension Variation {
  package static let fastOpenOff = Variation(
    name: "fast_open", value: "off", phrase: "without Fast Open (--fast-open off)",
    remedy: .tfoSynDropped, apply: { options, _ in options.socket.fastOpen = .off })

  package static let noDelay = Variation(
    name: "nodelay", value: "on", phrase: "with TCP_NODELAY", remedy: .nagleDelayedAck,
    apply: { options, _ in options.socket.noDelay = true })

  /// At most so many bytes a segment, in both directions.
  package static func segmentSize(_ size: Int) -> Variation {
    Variation(
      name: "mss", value: String(size),
      phrase: "with segments of at most \(size) bytes both ways (--mss \(size))",
      remedy: .pmtuBlackholeForward,
      apply: { options, _ in options.socket.maximumSegmentSize = size })
  }

  /// No don't-fragment bit: routers may cut what is too large for their next link.
  package static let fragmentation = Variation(
    name: "pmtu_discovery", value: "dont",
    phrase: "without the don't-fragment bit (--pmtu-discovery dont)",
    remedy: .pmtuBlackholeForward,
    apply: { options, _ in options.socket.pathMTUDiscovery = .dont })

  /// So many bytes at a time, each acknowledged before the next leaves.
  package static func stopAndWait(_ size: Int) -> Variation {
    Variation(
      name: "in_flight", value: "\(size), acknowledged one by one",
      phrase: "with \(size) bytes at a time, each acknowledged before the next", cost: 1.5,
      controlValue: { _ in "as the window allows" },
      apply: { options, control in
        options.cut(.sizes([.bytes(size)]), .acknowledged, beside: control)
      })
  }

  /// The connection is kept alive through silences.
  package static let keepalive = Variation(
    name: "keepalive", value: "on", phrase: "with keepalives every second", cost: 2,
    remedy: .natIdleTimeout, apply: { options, _ in options.socket.keepAlive = 1 })

  package static let ipv4 = family(.ipv4, "over IPv4") { !$0.contains(":") }
  package static let ipv6 = family(.ipv6, "over IPv6") { $0.contains(":") }

  /// From a port that the kernel picks, where the user named one.
  package static let anyPort = Variation(
    name: "local_port", value: "any",
    phrase: "from a port that the kernel picks (without --local-port)", leadsElsewhere: true,
    apply: { options, _ in options.socket.localPort = nil })

  /// Another port of the same hosts, as far as their greeting.
  package static func port(_ port: Int) -> Variation {
    Variation(
      name: "port", value: String(port), phrase: "on port \(port), as far as the greeting",
      leadsElsewhere: true,
      apply: { options, _ in
        (options.port, options.quitAfter) = (port, .banner)
        (options.data, options.messageSize) = (nil, nil)
      })
  }

  /// Another address of the same target.
  package static func address(_ address: String) -> Variation {
    Variation(
      name: addressName, value: address, phrase: "at \(address)", leadsElsewhere: true,
      controlValue: \.addressInWords, learn: { $0.addresses = [address] },
      apply: { (options, _) throws(Obstacle) in
        guard let server = Target(address) else { throw Obstacle("\(address) is no address") }
        options.server = server
      })
  }

  /// Addresses of that family only: those that `belongs` takes.
  private static func family(
    _ family: AddressFamily, _ phrase: String, belongs: @escaping @Sendable (String) -> Bool
  ) -> Variation {
    Variation(
      name: "family", value: family.rawValue, phrase: phrase, leadsElsewhere: true,
      remedy: .ipv6BrokenPath, controlValue: \.addressInWords,
      learn: { $0.addresses = $0.addresses.filter(belongs) },
      apply: { options, _ in options.family = family })
  }
}

extension Control {
  fileprivate var addressInWords: String { trace.target.address ?? "none" }
}
