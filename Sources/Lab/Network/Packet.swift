/// An Ethernet frame with an IP packet in it, and what rules ask about it.
///
/// Everything is read with bounds in mind: a frame that is cut short or lies about its lengths is
/// no packet, or one without TCP. Source: RFC 791, RFC 8200, RFC 9293.
struct Packet {
  /// The whole frame, link-layer header first.
  private(set) var bytes: [UInt8]
  let isIPv6: Bool
  /// Bytes of the IP packet, header included.
  let length: Int
  /// The protocol number behind the IP header; `nil` in the later fragments of a packet.
  let payloadProtocol: UInt8?
  /// Where the TCP header is; `nil` when it is not TCP.
  let segment: SegmentPlaces?

  static let linkHeader = 14

  /// `nil` for what is no IP packet: ARP, for one.
  init?(frame: [UInt8]) {
    guard frame.count >= Self.linkHeader + 20 else { return nil }
    let type = frame.number16(at: 12)
    let start = Self.linkHeader
    var ipEnd = 0
    var inner: UInt8?
    switch (type, frame[start] >> 4) {
    case (0x0800, 4):
      length = frame.number16(at: start + 2)
      ipEnd = start + Int(frame[start] & 15) * 4
      let isLaterFragment = frame.number16(at: start + 6) & 0x1FFF != 0
      inner = isLaterFragment ? nil : frame[start + 9]
      isIPv6 = false
    case (0x86DD, 6):
      guard frame.count >= start + 40 else { return nil }
      length = 40 + frame.number16(at: start + 4)
      ipEnd = start + 40
      inner = frame[start + 6]
      isIPv6 = true
    default: return nil
    }
    guard ipEnd >= start + 20, ipEnd <= start + length, start + length <= frame.count else {
      return nil
    }
    bytes = frame
    payloadProtocol = inner
    segment =
      inner == 6 ? SegmentPlaces(frame, header: ipEnd, end: start + length) : nil
    self.ipEnd = ipEnd
  }

  /// Where the IP header ends.
  let ipEnd: Int

  /// Source and destination address, 4 or 16 bytes each.
  var addresses: (source: ArraySlice<UInt8>, destination: ArraySlice<UInt8>) {
    let size = isIPv6 ? 16 : 4
    let first = Self.linkHeader + (isIPv6 ? 8 : 12)
    return (bytes[first..<(first + size)], bytes[(first + size)..<(first + 2 * size)])
  }

  /// Errors and echoes, but not the neighbour discovery of IPv6 (RFC 4861, types 133 to 137).
  var isICMP: Bool {
    payloadProtocol == 1 || payloadProtocol == 58 && !isNeighbourDiscovery
  }

  /// What keeps an IPv6 link alive.
  var isNeighbourDiscovery: Bool {
    payloadProtocol == 58 && ipEnd < bytes.count && (130...143).contains(bytes[ipEnd])
  }

  /// Overwrites a byte; the checksum is put right by ``seal()``.
  mutating func set(_ value: UInt8, at index: Int) {
    guard bytes.indices.contains(index) else { return }
    bytes[index] = value
  }

  /// Overwrites four bytes, most significant first.
  mutating func set(_ value: UInt32, at index: Int) {
    for (offset, shift) in [24, 16, 8, 0].enumerated() {
      set(UInt8(truncatingIfNeeded: value >> UInt32(shift)), at: index + offset)
    }
  }

  /// Puts the TCP checksum right after a change.
  mutating func seal() {
    guard let segment else { return }
    set(UInt8(0), at: segment.checksum)
    set(UInt8(0), at: segment.checksum + 1)
    let sum = checksum(
      bytes[segment.header..<segment.end], between: addresses, of: 6)
    set(UInt8(sum >> 8), at: segment.checksum)
    set(UInt8(sum & 255), at: segment.checksum + 1)
  }
}

extension Packet {
  /// Where a TCP option begins, and its length; `nil` when the segment has none of that kind.
  func option(_ option: TCPOption) -> (at: Int, length: Int)? {
    guard let segment else { return nil }
    var index = segment.header + 20
    while index < segment.payload {
      switch bytes[index] {
      case 0: return nil
      case 1: index += 1
      case let kind:
        guard index + 1 < segment.payload else { return nil }
        let length = Int(bytes[index + 1])
        guard length >= 2, index + length <= segment.payload else { return nil }
        if kind == option.rawValue { return (index, length) }
        index += length
      }
    }
    return nil
  }

  /// The bytes that TCP carries.
  var payload: ArraySlice<UInt8> {
    segment.map { bytes[$0.payload..<$0.end] } ?? []
  }
}

/// The places of a TCP segment in its frame, and the fields of its header.
struct SegmentPlaces: Equatable {
  /// Where the header begins, where the payload does, and where the segment ends.
  let header: Int
  let payload: Int
  let end: Int
  let sourcePort: Int
  let destinationPort: Int
  let sequence: UInt32
  let acknowledgement: UInt32
  let flags: UInt8
  /// As it stands there; nobody has scaled it.
  let window: Int

  /// The bits of ``flags``.
  static let fin: UInt8 = 1
  static let syn: UInt8 = 2
  static let rst: UInt8 = 4
  static let ack: UInt8 = 16
  static let ece: UInt8 = 64
  static let cwr: UInt8 = 128

  init?(_ frame: [UInt8], header: Int, end: Int) {
    guard header + 20 <= end else { return nil }
    payload = header + Int(frame[header + 12] >> 4) * 4
    guard payload >= header + 20, payload <= end else { return nil }
    self.header = header
    self.end = end
    sourcePort = frame.number16(at: header)
    destinationPort = frame.number16(at: header + 2)
    sequence = frame.number32(at: header + 4)
    acknowledgement = frame.number32(at: header + 8)
    flags = frame[header + 13]
    window = frame.number16(at: header + 14)
  }

  var checksum: Int { header + 16 }
  var hasSyn: Bool { flags & Self.syn != 0 }
  var hasAck: Bool { flags & Self.ack != 0 }
  var payloadLength: Int { end - payload }

  /// The sequence number behind the last payload byte; a SYN takes a number of its own.
  var endSequence: UInt32 {
    sequence &+ UInt32(truncatingIfNeeded: payloadLength) &+ (hasSyn ? 1 : 0)
  }
}

extension [UInt8] {
  /// Two bytes, most significant first; both must be there.
  func number16(at index: Int) -> Int { Int(self[index]) << 8 | Int(self[index + 1]) }

  /// Four bytes, most significant first; all must be there.
  func number32(at index: Int) -> UInt32 {
    UInt32(number16(at: index)) << 16 | UInt32(number16(at: index + 2))
  }
}

/// The checksum of a transport header and its payload, over the pseudo header too.
///
/// Source: RFC 1071; RFC 9293 section 3.1 and RFC 8200 section 8.1 for the pseudo headers. Without
/// addresses it is the plain one, of IPv4 headers and ICMP.
func checksum(
  _ body: ArraySlice<UInt8>,
  between addresses: (source: ArraySlice<UInt8>, destination: ArraySlice<UInt8>)? = nil,
  of payloadProtocol: UInt8 = 0
) -> Int {
  var sum = 0
  func add(_ bytes: ArraySlice<UInt8>) {
    var index = bytes.startIndex
    while index + 1 < bytes.endIndex {
      sum += Int(bytes[index]) << 8 | Int(bytes[index + 1])
      index += 2
    }
    if index < bytes.endIndex { sum += Int(bytes[index]) << 8 }
  }
  if let addresses {
    add(addresses.source)
    add(addresses.destination)
    sum += Int(payloadProtocol) + body.count
  }
  add(body)
  while sum > 0xFFFF { sum = (sum & 0xFFFF) + (sum >> 16) }
  return ~sum & 0xFFFF
}
