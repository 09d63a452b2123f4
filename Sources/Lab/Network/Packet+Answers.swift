/// What a box in the path says to the sender of a packet that it does not let through.
extension Packet {
  /// A reset, as if from the other end; `nil` for what must not be answered, a reset too.
  var resetFrame: [UInt8]? {
    guard let segment, segment.flags & SegmentPlaces.rst == 0 else { return nil }
    let (source, destination) = addresses
    return frame(
      carrying: resetSegment(segment), payloadProtocol: 6, from: destination, to: source)
  }

  /// An ICMP error of the router; `nil` for what must not be answered, an ICMP message too.
  ///
  /// Source: RFC 792, type 3, with as much of the packet as RFC 1812 section 4.3.2.3 allows; RFC
  /// 4443 section 3.1, type 1, within the least MTU.
  func unreachableFrame(_ what: Unreachable) -> [UInt8]? {
    guard payloadProtocol != 1, payloadProtocol != 58 else { return nil }
    let quoted = bytes[Self.linkHeader..<(Self.linkHeader + length)].prefix(isIPv6 ? 1232 : 548)
    let message = [isIPv6 ? 1 : 3, isIPv6 ? what.codes.1 : what.codes.0, 0, 0, 0, 0, 0, 0] + quoted
    let router = isIPv6 ? NetworkAddresses.router6 : NetworkAddresses.router4
    return frame(
      carrying: message, payloadProtocol: isIPv6 ? 58 : 1, from: router[...],
      to: addresses.source)
  }

  /// RFC 9293 section 3.5.2: with an ACK, its number is ours; without one, we acknowledge.
  private func resetSegment(_ segment: SegmentPlaces) -> [UInt8] {
    let hasAck = segment.hasAck
    var bytes = Array(self.bytes[(segment.header + 2)..<(segment.header + 4)])
    bytes += self.bytes[segment.header..<(segment.header + 2)]
    bytes += bigEndian(hasAck ? segment.acknowledgement : 0)
    bytes += bigEndian(hasAck ? 0 : segment.endSequence)
    bytes += [5 << 4, SegmentPlaces.rst | (hasAck ? 0 : SegmentPlaces.ack), 0, 0, 0, 0, 0, 0]
    return bytes
  }

  /// A frame for who sent this one.
  private func frame(
    carrying body: [UInt8], payloadProtocol: UInt8, from: ArraySlice<UInt8>, to: ArraySlice<UInt8>
  ) -> [UInt8] {
    var body = body
    let field = payloadProtocol == 6 ? 16 : 2
    // ICMP of IPv4 alone does without the pseudo header.
    let sum =
      payloadProtocol == 1
      ? checksum(body[...]) : checksum(body[...], between: (from, to), of: payloadProtocol)
    body[field] = UInt8(sum >> 8)
    body[field + 1] = UInt8(sum & 255)
    let link = bytes[6..<12] + bytes[0..<6] + bytes[12..<14]
    return link + header(for: body.count, payloadProtocol, from, to) + body
  }

  private func header(
    for count: Int, _ payloadProtocol: UInt8, _ from: ArraySlice<UInt8>, _ to: ArraySlice<UInt8>
  ) -> [UInt8] {
    guard !isIPv6 else {
      let fields: [UInt8] = [
        6 << 4, 0, 0, 0, UInt8(count >> 8), UInt8(count & 255), payloadProtocol, 64,
      ]
      return fields + from + to
    }
    let total = 20 + count
    var header: [UInt8] = [
      0x45, 0, UInt8(total >> 8), UInt8(total & 255), 0, 0, 0, 0, 64, payloadProtocol, 0, 0,
    ]
    header += from + to
    let sum = checksum(header[...])
    header[10] = UInt8(sum >> 8)
    header[11] = UInt8(sum & 255)
    return header
  }
}

private func bigEndian(_ value: UInt32) -> [UInt8] {
  [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> UInt32($0)) }
}
