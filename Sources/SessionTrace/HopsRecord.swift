/// How far away whoever acknowledges is, and how far away the server's address is.
///
/// An ACK does not say who sent it. A segment that may pass few routers only does: what acknowledges
/// it is no further away than that. Both numbers count alike: 1 is a neighbour, or this host.
package struct HopsRecord: Codable, Sendable, Equatable {
  /// The least time to live with which a segment of ours was acknowledged; `nil` when none was.
  package var acknowledgedAtTTL: Int?
  /// The greatest time to live that a segment was sent with; `nil` when none was sent.
  package var greatestTTL: Int?
  /// The least time to live with which a datagram to the same address was answered from that address;
  /// `nil` when none was, which is common: many filters are silent.
  package var pathHops: Int?
  /// Who answered such datagrams, in the order of distance; the last is the address itself where
  /// ``pathHops`` is known.
  package var reporters: [HopReporter]

  package init(
    acknowledgedAtTTL: Int? = nil, greatestTTL: Int? = nil, pathHops: Int? = nil,
    reporters: [HopReporter] = []
  ) {
    self.acknowledgedAtTTL = acknowledgedAtTTL
    self.greatestTTL = greatestTTL
    self.pathHops = pathHops
    self.reporters = reporters
  }

  private enum CodingKeys: String, CodingKey {
    case reporters
    case acknowledgedAtTTL = "acknowledged_at_ttl"
    case greatestTTL = "greatest_ttl"
    case pathHops = "path_hops"
  }
}

/// Who answered a datagram that could go so far, by ICMP.
package struct HopReporter: Codable, Sendable, Equatable {
  package var ttl: Int
  /// Numeric.
  package var address: String

  package init(ttl: Int, address: String) {
    self.ttl = ttl
    self.address = address
  }
}
