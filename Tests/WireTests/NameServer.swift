import SessionTrace
import Testing

@testable import Wire

/// A query as it came over UDP, and the answers that can be made for it (RFC 1035 section 4).
struct NameQuery {
  let bytes: [UInt8]

  /// The header and question of the query with these MX records, name compression used.
  func answer(_ records: [(preference: UInt8, host: String)], code: UInt8 = 0) -> [UInt8] {
    answer(with: records.map { (15, [0, $0.preference] + Self.encoded($0.host)) }, code: code)
  }

  /// The same with records of any type, by their bytes.
  func answer(with records: [(type: UInt8, data: [UInt8])], code: UInt8 = 0) -> [UInt8] {
    var reply = Array(bytes.prefix(questionEnd))
    guard reply.count > 12 else { return reply }
    reply[2] |= 0x84
    reply[3] = 0x80 | code
    reply.replaceSubrange(6..<12, with: [0, UInt8(records.count), 0, 0, 0, 0])
    for record in records {
      reply += [0xC0, 12, 0, record.type, 0, 1, 0, 0, 0, 60, 0, UInt8(record.data.count)]
      reply += record.data
    }
    return reply
  }

  /// One that may be of another name than the one asked for.
  struct Record {
    var owner: String
    var type: UInt8
    var data: [UInt8]
  }

  /// The same with records of any name.
  func answer(withRecords records: [Record]) -> [UInt8] {
    var reply = answer(with: [(type: UInt8, data: [UInt8])]())
    guard reply.count > 12 else { return reply }
    reply[7] = UInt8(records.count)
    for record in records {
      reply += Self.encoded(record.owner) + [0, record.type, 0, 1, 0, 0, 0, 60, 0]
      reply += [UInt8(record.data.count)] + record.data
    }
    return reply
  }

  /// A name on the wire.
  static func encoded(_ name: String) -> [UInt8] {
    name.split(separator: ".").flatMap { [UInt8($0.utf8.count)] + $0.utf8 } + [0]
  }

  /// The type asked for: 1 A, 5 CNAME, 15 MX, 28 AAAA.
  var type: UInt8 { questionEnd <= bytes.count ? bytes[questionEnd - 3] : 0 }

  private var questionEnd: Int {
    var end = 12
    while end < bytes.count, bytes[end] != 0 { end += Int(bytes[end]) + 1 }
    return end + 5
  }
}

/// A name server on loopback that answers every query by one rule.
final class NameServer {
  let endpoint: Endpoint
  private let port: DatagramPort

  init(
    loop: EventLoop, at address: String = "127.0.0.1", _ reply: @escaping (NameQuery) -> [UInt8]
  ) throws {
    port = try DatagramPort(loop: loop, endpoint: .ip(address: address, port: 0))
    endpoint = port.endpoint
    port.answer = { reply(NameQuery(bytes: $0)) }
  }
}
