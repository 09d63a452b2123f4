package import SessionTrace

/// What the path does to some packets.
package struct PathRule: Sendable, Equatable {
  package var effect: PathEffect
  package var packets: PacketSelection

  package init(_ effect: PathEffect, _ packets: PacketSelection) {
    self.effect = effect
    self.packets = packets
  }
}

/// What becomes of a packet.
package enum PathEffect: Sendable, Equatable {
  /// It is lost.
  case drop
  /// It arrives later; later ones that are not delayed overtake it.
  case delay(Microseconds)
  /// A TCP option is overwritten by NOPs, as firewalls do it: lengths stay.
  case strip(TCPOption)
  /// The window field becomes that number.
  case setWindow(Int)
  /// SACK blocks are moved by so many bytes: what a firewall does that renumbers sequence numbers
  /// and forgets the blocks.
  case shiftSACK(Int)
  /// The sender's timestamps are set back by so many ticks.
  case setTimestampsBack(Int)
  /// It is lost, and its sender gets a reset, as if from the other end.
  case reset
  /// It is lost, and the router tells its sender so.
  case unreachable(Unreachable)
}

/// What an ICMP error says is out of reach (RFC 792 and RFC 4443, destination unreachable).
package enum Unreachable: Sendable, Equatable {
  case host, port, prohibited

  /// The code in ICMP, and in ICMPv6.
  var codes: (UInt8, UInt8) {
    switch self {
    case .host: (1, 3)
    case .port: (3, 4)
    case .prohibited: (13, 1)
    }
  }
}

/// The TCP options that boxes meddle with, by their numbers (IANA, TCP option kind numbers).
package enum TCPOption: UInt8, Sendable, CaseIterable {
  case windowScaling = 3
  case sackPermitted = 4
  case sackBlocks = 5
  case timestamps = 8
  case fastOpen = 34
}

/// Segments with less payload than that, towards the server.
package struct ShortSegments: Sendable, Equatable {
  package var count: Int
  package var below: Int
}

/// Which packets a rule means: all that satisfy every word of it.
package struct PacketSelection: Sendable, Equatable {
  package enum Kind: Sendable, Equatable {
    /// Every IP packet but neighbour discovery, without which there is no link.
    case any
    case syn
    case synAck
    case reset
    /// TCP with payload.
    case data
    /// Errors and echoes, of either family.
    case icmp
  }

  package var kind = Kind.any
  /// One in so many, the last of each group; `nil` for all.
  package var every: Int?
  package var heading: Heading?
  /// Bytes of the IP packet.
  package var longerThan: Int?
  /// A SYN with the Fast Open option, with or without a cookie.
  package var asksForFastOpen = false
  /// ECE and CWR set in a SYN (RFC 3168 section 6.1.1).
  package var asksForECN = false
  package var isIPv6 = false
  /// Bytes that the payload holds.
  package var containing: [UInt8]?
  /// The payload ends behind this many bytes of its direction.
  package var beyondByte: Int?
  /// The payload ends behind what the other side's window field says when nobody scales it.
  package var beyondUnscaledWindow = false
  /// So many short segments have come to the server.
  package var afterShort: ShortSegments?
  /// The connection was quiet for so long at some time before.
  package var afterSilence: Microseconds?

  package init(kind: Kind = .any) { self.kind = kind }
}
