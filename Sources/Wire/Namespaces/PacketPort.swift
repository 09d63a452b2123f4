import CLinuxSocket
import Glibc
package import SessionTrace

/// All frames of one network device, on a loop: what a box in the middle of a wire needs.
///
/// A packet socket and not a TUN device: it needs no device file, which ordinary users often may not
/// open, and carries link-layer frames, so that two of them make a wire. Source: packet(7).
package final class PacketPort {
  /// Called from the loop with each frame that arrived, link-layer header first.
  package var onFrame: (([UInt8]) -> Void)?
  /// Frames that could not be sent on, for want of memory.
  package private(set) var refusedCount = 0

  private let loop: EventLoop
  private let descriptor: Descriptor
  private var token: WatchToken?
  /// The greatest frame: a jumbo one, with room.
  private var buffer = [UInt8](repeating: 0, count: 65_600)

  /// Opens the device of that name in the network where the thread stands.
  package init(loop: EventLoop, device: String) throws(WireError) {
    self.loop = loop
    let status = unsafe wire_packet_socket(device, 8 << 20)
    guard status >= 0 else {
      throw WireError(
        operation: "open \(device) for packets",
        failure: SystemFailure(call: "socket(AF_PACKET)", errno: -status))
    }
    descriptor = Descriptor(status)
    do {
      token = try loop.watch(descriptor.number, for: .readable, self)
    } catch {
      throw WireError(operation: "watch \(device)", failure: error.failure)
    }
  }

  deinit {
    if let token { loop.unwatch(token, descriptor.number) }
  }

  /// Sends a frame, header and all; one that the device has no room for is lost, as on a wire.
  package func send(_ frame: [UInt8]) {
    if unsafe wire_packet_send(descriptor.number, frame, frame.count) != 0 { refusedCount += 1 }
  }

  /// Makes a device's packets what a real wire carries: segments not joined, checksums complete.
  package static func carryRealPackets(device: String) throws(WireError) {
    let status = unsafe wire_packet_offload_off(device)
    guard status == 0 else {
      throw WireError(
        operation: "switch off the offloads of \(device)",
        failure: SystemFailure(call: "ioctl(SIOCETHTOOL)", errno: -status))
    }
  }

  /// Waits until a device that was brought up can send; before, the kernel drops what it is given.
  package static func awaitReadiness(ofDevice device: String, atMost time: Microseconds)
    throws(WireError)
  {
    let status = unsafe wire_await_device(device, time)
    guard status == 0 else {
      throw WireError(
        operation: "use \(device)",
        failure: SystemFailure(call: "ioctl(SIOCGIFFLAGS)", errno: -status))
    }
  }
}

extension PacketPort: Watcher {
  func handle(_ readiness: Readiness) {
    // A bounded batch: a flood on one device must not keep the loop from the others.
    for _ in 0..<64 {
      let count = Int(unsafe wire_packet_receive(descriptor.number, &buffer, buffer.count))
      // Nothing more now; or an error of the device, which the next readiness tells again.
      guard count >= 0 else { return }
      guard count <= buffer.count else { continue }
      onFrame?(Array(buffer.prefix(count)))
    }
  }
}
