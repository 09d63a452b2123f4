import SessionTrace

/// The peer's bytes in a TLS handshake since our last flight, in bounded memory.
///
/// A handshake message that began and did not end is a reply cut short like any other; GnuTLS keeps
/// it to itself, so what came is kept here as well.
struct HandshakeTail {
  private var last: [UInt8] = []
  private var length = 0
  private var firstAt: Microseconds = 0
  private var lastAt: Microseconds = 0

  mutating func append(_ bytes: [UInt8], at moment: Microseconds) {
    if length == 0 { firstAt = moment }
    lastAt = moment
    length += bytes.count
    last = Array((last + bytes).suffix(512))
  }

  /// Our next flight answers what came so far.
  mutating func answered() { self = HandshakeTail() }

  /// `nil` when nothing came.
  func partialReply(relativeTo start: Microseconds) -> PartialReply? {
    guard length > 0 else { return nil }
    return PartialReply(
      bytes: escapedText(last), length: length, firstAt: max(0, firstAt - start),
      lastAt: max(0, lastAt - start))
  }
}
