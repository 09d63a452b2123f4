import SessionTrace

/// What a box in the path remembers of a connection.
struct PacketFlow {
  /// Who talks to whom; the same for both directions.
  struct Key: Hashable {
    let client: [UInt8]
    let clientPort: Int
    let server: [UInt8]
    let serverPort: Int

    /// `nil` for what is not TCP.
    init?(_ packet: Packet, heading: Heading) {
      guard let segment = packet.segment else { return nil }
      let (source, destination) = packet.addresses
      switch heading {
      case .toServer:
        (client, clientPort) = (Array(source), segment.sourcePort)
        (server, serverPort) = (Array(destination), segment.destinationPort)
      case .toClient:
        (client, clientPort) = (Array(destination), segment.destinationPort)
        (server, serverPort) = (Array(source), segment.sourcePort)
      }
    }
  }

  /// What one end has said of itself.
  private struct End {
    /// The sequence number of its first payload byte.
    var start: UInt32?
    /// How far it has acknowledged the other, and the window field it sent along.
    var acknowledgement: UInt32?
    var window = 0
  }

  /// The rules, by number, for which this connection has been quiet too long.
  private(set) var forgotten: Set<Int> = []
  /// By the number of the rule, how many segments have come that it takes for short.
  private(set) var shortSegments: [Int: Int] = [:]
  private var ends: [Heading: End] = [:]
  private var lastSeen: Microseconds

  init(now: Microseconds) { lastSeen = now }

  /// How long nothing had come when this packet did.
  func silence(now: Microseconds) -> Microseconds { now - lastSeen }

  /// Remembers that a rule holds for the rest of the connection.
  mutating func forget(_ rule: Int) { forgotten.insert(rule) }

  /// Counts a segment that a rule takes for short.
  mutating func countShort(_ rule: Int) { shortSegments[rule, default: 0] += 1 }

  /// How many bytes of its direction lie before the end of this segment's payload.
  func offset(ofEnd segment: SegmentPlaces, heading: Heading) -> Int? {
    guard let start = ends[heading]?.start else { return nil }
    return distance(from: start, to: segment.endSequence)
  }

  /// How far the segment reaches beyond what the other end allows in so many words; `nil` when it
  /// has not spoken yet.
  func excess(of segment: SegmentPlaces, heading: Heading) -> Int? {
    guard let other = ends[heading.reversed], let acknowledged = other.acknowledgement else {
      return nil
    }
    return distance(from: acknowledged, to: segment.endSequence) - other.window
  }

  /// Takes note of a segment that came.
  mutating func note(_ segment: SegmentPlaces, heading: Heading, now: Microseconds) {
    lastSeen = now
    var end = ends[heading] ?? End()
    if segment.hasSyn { end.start = segment.sequence &+ 1 }
    if segment.hasAck {
      end.acknowledgement = segment.acknowledgement
      end.window = segment.window
    }
    ends[heading] = end
  }

  private func distance(from earlier: UInt32, to later: UInt32) -> Int {
    Int(Int32(truncatingIfNeeded: later &- earlier))
  }
}
