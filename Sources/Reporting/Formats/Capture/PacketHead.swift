import SessionTrace

/// What the headers of a recorded packet say of a connection: its own, or one that an ICMP error quotes.
///
/// Source: RFC 791, RFC 8200, RFC 9293 section 3.1; RFC 792 and RFC 4443 for errors. A packet comes from
/// anywhere: what does not fit is no packet of ours.
struct PacketHead: Equatable {
  /// An end of the connection: an address and a port.
  struct End: Hashable {
    var address: [UInt8]
    var port: Int
  }

  private(set) var source: End
  private(set) var destination: End
  private(set) var sequence: UInt32
  private(set) var flags: TCPPacket.Flags
  /// Where the bytes of the stream stand in the packet; in an ICMP error those of the packet that it quotes. What a
  /// device puts behind a packet that is too short for it is not among them.
  private(set) var content: Range<Int>
  /// Where the header of TCP begins.
  private(set) var transport: Int
  /// Whether it is an error of ICMP about such a packet.
  private(set) var isQuoted = false

  /// `nil` where it is neither TCP nor an error about TCP.
  init?(_ packet: [UInt8]) { self.init(packet[...], mayQuote: true) }

  private init?(_ packet: ArraySlice<UInt8>, mayQuote: Bool) {
    guard let ip = IPHead(packet) else { return nil }
    let segment = packet.dropFirst(ip.length)
    if mayQuote, let type = segment.first, ip.isError(type) {
      guard let quoted = PacketHead(segment.dropFirst(8), mayQuote: false) else { return nil }
      self = quoted
      isQuoted = true
      return
    }
    // An error quotes eight bytes at the least: ports and sequence number.
    guard ip.protocolNumber == 6, segment.count >= (mayQuote ? 20 : 8) else { return nil }
    let tcp = Array(segment.prefix(20))
    source = End(address: ip.source, port: Int(tcp[0]) << 8 | Int(tcp[1]))
    destination = End(address: ip.destination, port: Int(tcp[2]) << 8 | Int(tcp[3]))
    sequence = tcp[4..<8].reduce(0) { $0 << 8 | UInt32($1) }
    flags = tcp.count > 13 ? TCPPacket.Flags(rawValue: tcp[13]) : []
    let header = tcp.count > 12 ? Int(tcp[12] >> 4) * 4 : 0
    transport = segment.startIndex
    let start = min(transport + max(header, 20), packet.endIndex)
    // Nobody has checked what one that is quoted says of its length.
    let length = mayQuote ? ip.total ?? packet.count : packet.count
    let end = min(packet.startIndex + length, packet.endIndex)
    content = start..<max(start, end)
  }

  /// Where those bytes begin.
  var payload: Int { content.lowerBound }
}

/// The header of an IP packet, of either version.
private struct IPHead {
  var source: [UInt8]
  var destination: [UInt8]
  var protocolNumber: UInt8
  var length: Int
  /// Length of the packet as it says itself; `nil` where it is too long to say.
  var total: Int?

  init?(_ packet: ArraySlice<UInt8>) {
    let bytes = Array(packet.prefix(40))
    switch bytes.first.map({ $0 >> 4 }) {
    case 4 where bytes.count >= 20:
      length = Int(bytes[0] & 15) * 4
      total = Self.stated(bytes[2], bytes[3])
      protocolNumber = bytes[9]
      source = Array(bytes[12..<16])
      destination = Array(bytes[16..<20])
    case 6 where bytes.count == 40:
      length = 40
      total = Self.stated(bytes[4], bytes[5]).map { 40 + $0 }
      protocolNumber = bytes[6]
      source = Array(bytes[8..<24])
      destination = Array(bytes[24..<40])
    default: return nil
    }
    guard length >= 20, packet.count >= length else { return nil }
  }

  private static func stated(_ high: UInt8, _ low: UInt8) -> Int? {
    high == 0 && low == 0 ? nil : Int(high) << 8 | Int(low)
  }

  /// Whether a message of ICMP of that type is about a packet that got no further.
  func isError(_ type: UInt8) -> Bool {
    switch protocolNumber {
    // Unreachable, which a packet that is too big is, too; time exceeded; a bad parameter.
    case 1: [3, 11, 12].contains(type)
    case 58: (1...4).contains(type)
    default: false
    }
  }
}
