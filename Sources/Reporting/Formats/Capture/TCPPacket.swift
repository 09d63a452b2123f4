import SessionTrace

/// A TCP segment in an IP packet, as it is made up for a capture file.
struct TCPPacket {
  /// Flags of the TCP header (RFC 9293 section 3.1).
  struct Flags: OptionSet {
    let rawValue: UInt8
    static let fin = Flags(rawValue: 1)
    static let syn = Flags(rawValue: 2)
    static let rst = Flags(rawValue: 4)
    static let psh = Flags(rawValue: 8)
    static let ack = Flags(rawValue: 16)
  }

  var source: (address: NumericAddress, port: Int)
  var destination: (address: NumericAddress, port: Int)
  var sequence: UInt32
  var acknowledgement: UInt32
  var flags: Flags
  /// Bytes that it carries, and those of them that are known.
  var length: Int
  var known: [UInt8]

  /// Bytes of both headers.
  private var headers: Int { (source.address.bytes.count == 4 ? 20 : 40) + 20 }

  /// As it would be on the wire, and how much of that is known. Checksums are right where all is known.
  var packet: (bytes: [UInt8], length: Int) {
    var tcp = be16(source.port) + be16(destination.port) + be32(sequence) + be32(acknowledgement)
    tcp += [0x50, flags.rawValue] + be16(65_535) + [0, 0, 0, 0]
    if known.count == length {
      let pseudo = source.address.bytes + destination.address.bytes + be32(UInt32(20 + length))
      let sum = internetChecksum(pseudo + [0, 0, 0, 6] + tcp + known)
      tcp[16] = UInt8(sum >> 8)
      tcp[17] = UInt8(truncatingIfNeeded: sum)
    }
    var ip: [UInt8]
    if source.address.bytes.count == 4 {
      ip = [0x45, 0] + be16(40 + length) + [0, 0, 0x40, 0, 64, 6, 0, 0]
      ip += source.address.bytes + destination.address.bytes
      let sum = internetChecksum(ip)
      ip[10] = UInt8(sum >> 8)
      ip[11] = UInt8(truncatingIfNeeded: sum)
    } else {
      ip = [0x60, 0, 0, 0] + be16(20 + length) + [6, 64]
      ip += source.address.bytes + destination.address.bytes
    }
    return (ip + tcp + known, headers + length)
  }

  private func be16(_ value: Int) -> [UInt8] {
    [UInt8(truncatingIfNeeded: value >> 8), UInt8(truncatingIfNeeded: value)]
  }

  private func be32(_ value: UInt32) -> [UInt8] {
    be16(Int(value >> 16)) + be16(Int(value & 0xFFFF))
  }
}

/// The Internet checksum (RFC 1071); 0 over what has its own in it, where that is right.
func internetChecksum(_ bytes: [UInt8]) -> UInt16 {
  var sum: UInt64 = 0
  for (index, byte) in bytes.enumerated() { sum += UInt64(byte) << (index % 2 == 0 ? 8 : 0) }
  while sum > 0xFFFF { sum = (sum & 0xFFFF) + (sum >> 16) }
  return ~UInt16(truncatingIfNeeded: sum)
}
