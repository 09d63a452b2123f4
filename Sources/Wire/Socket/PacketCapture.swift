import CLinuxSocket
import Glibc
package import SessionTrace

/// Real packets of this host's connections to one port, heard beside the sockets of a loop.
///
/// It hears whoever has such a connection: which packets are those of a session, its trace tells. The
/// buffer is the kernel's and bounded; what does not fit is counted. Source: packet(7).
package final class PacketCapture {
  package private(set) var recording = PacketRecording()

  private let loop: EventLoop
  private let descriptor: Descriptor
  private var token: WatchToken?
  private var names: [UInt32: String] = [:]
  private static let mostAtTheEnd = 100_000
  /// The greatest packet that loopback or an offload makes.
  private var buffer = [UInt8](repeating: 0, count: 65_600)

  /// Hears from now on. It fails without the right `CAP_NET_RAW`.
  package init(loop: EventLoop, port: Int) throws(WireError) {
    self.loop = loop
    do throws(FailedCall) {
      guard let port = UInt16(exactly: port) else {
        throw FailedCall(call: "htons", number: EINVAL)
      }
      descriptor = Descriptor(
        try checked("socket(AF_PACKET)", wire_capture_socket(port, 16 << 20)))
      token = try loop.watch(descriptor.number, for: .readable, self)
    } catch {
      throw WireError(operation: "record packets", failure: error.failure)
    }
  }

  deinit {
    if let token { loop.unwatch(token, descriptor.number) }
  }

  /// Takes what was heard and not read yet, and counts what there was no room for.
  package func collect() {
    // What another connection to the port goes on to carry must not keep it here for ever.
    for _ in 0..<Self.mostAtTheEnd where !takeNext() { break }
    recording.lost += max(0, Int(wire_capture_lost(descriptor.number)))
  }

  /// `false` when there is nothing now.
  private func takeNext() -> Bool {
    var about = wire_captured()
    let count = Int(
      unsafe wire_capture_next(descriptor.number, &buffer, buffer.count, &about))
    guard count >= 0 else { return false }
    recording.append(
      PacketRecording.Packet(
        moment: about.realtime_ns, bytes: Array(buffer.prefix(count)), length: Int(about.length),
        interface: name(about.interface)))
    return true
  }

  private func name(_ index: UInt32) -> String {
    if let known = names[index] { return known }
    var bytes = [CChar](repeating: 0, count: Int(WIRE_INTERFACE_NAME))
    unsafe wire_interface_name(index, &bytes)
    let text = String(
      decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let name = text.isEmpty ? "number \(index)" : text
    names[index] = name
    return name
  }
}

extension PacketCapture: Watcher {
  func handle(_ readiness: Readiness) {
    // A bounded batch: a flood must not keep the loop from the session.
    for _ in 0..<64 where !takeNext() { return }
  }
}
