/// Packets that a packet socket heard while a session ran, in the order of time and in bounded memory: the first
/// ones, the last ones, and a count between.
package struct PacketRecording: Sendable, Equatable {
  /// One of them.
  package struct Packet: Sendable, Equatable {
    /// Wall clock, nanoseconds since 1970.
    package var moment: Int64
    /// From the IP header on, as far as it was kept.
    package var bytes: [UInt8]
    /// Its length, also where it was cut.
    package var length: Int
    /// The interface that it was heard on: `eth0`.
    package var interface: String

    package init(moment: Int64, bytes: [UInt8], length: Int, interface: String) {
      self.moment = moment
      self.bytes = bytes
      self.length = length
      self.interface = interface
    }
  }

  private var head: [Packet] = []
  private var headBytes = 0
  private var tail: [Packet] = []
  private var oldest = 0
  private var tailBytes = 0
  private let bound: Int
  /// Packets that were dropped from the middle.
  package private(set) var omitted = 0
  /// Packets that the kernel had no room for.
  package var lost = 0

  /// One that keeps so many bytes of either end.
  package init(bound: Int = 32 << 20) { self.bound = bound }

  /// Those that are kept.
  package var packets: [Packet] { head + tail[oldest...] }

  package mutating func append(_ packet: Packet) {
    if tail.isEmpty, headBytes + packet.bytes.count <= bound {
      head.append(packet)
      headBytes += packet.bytes.count
      return
    }
    tail.append(packet)
    tailBytes += packet.bytes.count
    while tailBytes > bound, oldest < tail.count - 1 {
      tailBytes -= tail[oldest].bytes.count
      tail[oldest].bytes = []
      oldest += 1
      omitted += 1
    }
    // The places of those that are gone, seldom enough to cost nothing.
    if oldest > 1_000, oldest > tail.count / 2 {
      tail.removeFirst(oldest)
      oldest = 0
    }
  }
}
