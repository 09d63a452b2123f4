@testable import Lab

/// A TCP packet to make frames of, complete with link header and checksums.
struct SampleSegment {
  var isIPv6 = false
  /// From the client, unless it is turned round.
  var heading = Heading.toServer
  var flags = SegmentPlaces.ack
  var sequence: UInt32 = 1
  var acknowledgement: UInt32 = 1
  var window = 1000
  /// Already padded to a multiple of four.
  var options: [UInt8] = []
  var payload: [UInt8] = []
  var clientPort = 40_000

  init(_ change: (inout SampleSegment) -> Void = { _ in }) { change(&self) }

  var frame: [UInt8] {
    let client: [UInt8] = isIPv6 ? [UInt8](repeating: 0x11, count: 16) : [192, 0, 2, 2]
    let server: [UInt8] = isIPv6 ? [UInt8](repeating: 0x22, count: 16) : [198, 51, 100, 2]
    let isOut = heading == .toServer
    let (source, destination) = isOut ? (client, server) : (server, client)
    let (from, to) = isOut ? (clientPort, 25) : (25, clientPort)
    var segment = two(from) + two(to) + four(sequence) + four(acknowledgement)
    segment += [UInt8(((20 + options.count) / 4) << 4), flags] + two(window) + [0, 0, 0, 0]
    segment += options + payload
    let sum = checksum(segment[...], between: (source[...], destination[...]), of: 6)
    segment[16] = UInt8(sum >> 8)
    segment[17] = UInt8(sum & 255)
    let link: [UInt8] = [1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2] + (isIPv6 ? [0x86, 0xDD] : [8, 0])
    guard !isIPv6 else {
      return link + [6 << 4, 0, 0, 0] + two(segment.count) + [6, 64] + source + destination
        + segment
    }
    var header: [UInt8] = [0x45, 0] + two(20 + segment.count) + [0, 0, 0x40, 0, 64, 6, 0, 0]
    header += source + destination
    let headerSum = checksum(header[...])
    header[10] = UInt8(headerSum >> 8)
    header[11] = UInt8(headerSum & 255)
    return link + header + segment
  }

  static let windowScaling: [UInt8] = [3, 3, 10, 1]
  static let timestamps: [UInt8] = [1, 1, 8, 10, 0, 0, 1, 0, 0, 0, 0, 9]
  static let sack: [UInt8] = [1, 1, 5, 10, 0, 0, 0, 100, 0, 0, 0, 200]
  static let fastOpenRequest: [UInt8] = [34, 2, 1, 1]
}

private func two(_ number: Int) -> [UInt8] { [UInt8(number >> 8 & 255), UInt8(number & 255)] }

private func four(_ number: UInt32) -> [UInt8] {
  two(Int(number >> 16)) + two(Int(number & 0xFFFF))
}

extension Packet {
  /// Whether the TCP or ICMP checksum of the packet is what it should be.
  var isSealed: Bool {
    let body = bytes[ipEnd..<(Packet.linkHeader + length)]
    guard let payloadProtocol else { return false }
    return payloadProtocol == 1
      ? checksum(body) == 0 : checksum(body, between: addresses, of: payloadProtocol) == 0
  }
}
