import Glibc
import SessionTrace
import Testing

@testable import Wire

/// A query as it came over UDP, and the answers that can be made for it (RFC 1035 section 4).
struct NameQuery {
  let bytes: [UInt8]

  /// The header and question of the query with these MX records, name compression used.
  func answer(_ records: [(preference: UInt8, host: String)], code: UInt8 = 0) -> [UInt8] {
    var reply = Array(bytes.prefix(questionEnd))
    guard reply.count > 12 else { return reply }
    reply[2] |= 0x84
    reply[3] = 0x80 | code
    reply.replaceSubrange(6..<12, with: [0, UInt8(records.count), 0, 0, 0, 0])
    for record in records {
      var host: [UInt8] = []
      for label in record.host.split(separator: ".") {
        host.append(UInt8(label.utf8.count))
        host += label.utf8
      }
      host.append(0)
      reply += [0xC0, 12, 0, 15, 0, 1, 0, 0, 0, 60, 0, UInt8(host.count + 2), 0, record.preference]
      reply += host
    }
    return reply
  }

  private var questionEnd: Int {
    var end = 12
    while end < bytes.count, bytes[end] != 0 { end += Int(bytes[end]) + 1 }
    return end + 5
  }
}

/// A name server on loopback that answers every query by one rule.
@safe
final class NameServer: Watcher {
  let endpoint: Endpoint
  private let descriptor: Descriptor
  private let loop: EventLoop
  private let reply: (NameQuery) -> [UInt8]
  private var token: WatchToken?

  init(loop: EventLoop, _ reply: @escaping (NameQuery) -> [UInt8]) throws {
    self.loop = loop
    self.reply = reply
    descriptor = Descriptor(
      Glibc.socket(AF_INET, Int32(SOCK_DGRAM.rawValue | SOCK_NONBLOCK.rawValue), 0))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let number = descriptor.number
    let status = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe bind(number, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    try #require(status == 0)
    endpoint = try #require(SocketAddress.local(of: number)?.endpoint)
    token = try loop.watch(number, for: .readable, self)
  }

  deinit {
    if let token { loop.unwatch(token, descriptor.number) }
  }

  func handle(_ readiness: Readiness) {
    var bytes = [UInt8](repeating: 0, count: 4096)
    var peer = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    unsafe withUnsafeMutablePointer(to: &peer) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { peer in
        let count = unsafe recvfrom(descriptor.number, &bytes, bytes.count, 0, peer, &length)
        guard count > 0 else { return }
        let answer = reply(NameQuery(bytes: Array(bytes.prefix(count))))
        _ = unsafe sendto(descriptor.number, answer, answer.count, 0, peer, length)
      }
    }
  }
}
