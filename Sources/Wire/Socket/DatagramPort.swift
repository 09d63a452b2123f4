import CLinuxSocket
import Glibc
import SessionTrace

/// A bound UDP socket on a loop, for a name server of the lab.
package final class DatagramPort {
  /// Where it is bound, with the port the kernel chose.
  package let endpoint: Endpoint
  /// Called from the loop with each datagram; what it returns goes back to the sender, `nil` nothing.
  package var answer: (([UInt8]) -> [UInt8]?)?

  private let loop: EventLoop
  private let descriptor: Descriptor
  private var token: WatchToken?
  private var buffer = [UInt8](repeating: 0, count: 65_536)

  /// Binds at once; port 0 lets the kernel choose. Source: udp(7).
  package init(loop: EventLoop, endpoint: Endpoint) throws(WireError) {
    self.loop = loop
    do throws(FailedCall) {
      var address = try SocketAddress(endpoint)
      descriptor = Descriptor(try checked("bind", unsafe wire_datagram_socket(&address.raw)))
      self.endpoint = SocketAddress.local(of: descriptor.number)?.endpoint ?? endpoint
      token = try loop.watch(descriptor.number, for: .readable, self)
    } catch {
      throw WireError(operation: "take datagrams", address: endpoint, failure: error.failure)
    }
  }

  deinit {
    if let token { loop.unwatch(token, descriptor.number) }
  }
}

extension DatagramPort: Watcher {
  func handle(_ readiness: Readiness) {
    // A bounded batch: a flood must not keep the loop from the others.
    for _ in 0..<64 {
      var sender = wire_address()
      let count = Int(
        unsafe wire_datagram_receive(descriptor.number, &buffer, buffer.count, &sender))
      guard count >= 0 else { return }
      guard let reply = answer?(Array(buffer.prefix(count))) else { continue }
      // Whether it arrives is the sender's business, who asks again.
      _ = unsafe wire_datagram_send(descriptor.number, reply, reply.count, &sender)
    }
  }
}
