/// What travels between the two TCP ends of the simulation.
struct Packet {
  /// Offset of the first byte in its direction's stream.
  var offset = 0
  var bytes: [UInt8] = []
  /// Everything before this offset of the other direction has arrived; a FIN counts one.
  var acknowledges = 0
  /// Room that the sender of this packet has from `acknowledges` on.
  var window = 0
  var isFinal = false
  var isReset = false
  /// Asks for an ACK, because a window stays shut.
  var isProbe = false

  var end: Int { offset + bytes.count }
}
