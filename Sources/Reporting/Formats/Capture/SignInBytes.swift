import SessionTrace

/// Where in both streams of a connection somebody signs in without TLS: no file has these bytes.
///
/// Ours are known by their offsets. A server may repeat what it was told, so what it says meanwhile goes
/// with them.
struct SignInBytes {
  private var ours: Range<UInt32>?
  private var theirs: Range<UInt32>?
  private var server: PacketHead.End?
  /// Sequence number of the first byte of ours; `nil` where no SYN was recorded.
  private var ourStart: UInt32?
  private var theirStart: UInt32 = 0
  private var isOpen = false

  /// Looks for it among the packets of a session: their moments, in nanoseconds since 1970, and heads.
  init(_ trace: Trace, _ packets: [(moment: Int64, head: PacketHead, length: Int)]) {
    let commands = trace.commands.filter { $0.stage == .auth }
    guard trace.tls == nil, let first = commands.first, let last = commands.last,
      let address = trace.target.address.flatMap({ NumericAddress($0) }),
      let port = trace.target.port
    else { return }
    isOpen = true
    let server = PacketHead.End(address: address.bytes, port: port)
    self.server = server
    ourStart =
      packets.first {
        $0.head.flags.contains(.syn) && !$0.head.isQuoted && $0.head.destination == server
          // An attempt before may have gone to the same address.
          && $0.head.source.port == trace.target.localPort
      }
      .map { $0.head.sequence &+ 1 }
    ours = UInt32(truncatingIfNeeded: first.start)..<UInt32(truncatingIfNeeded: last.end)
    let answered = last.reply.flatMap {
      trace.replies.indices.contains($0) ? trace.replies[$0].at : nil
    }
    let since = (trace.startMoment &+ (first.written ?? 0)) &* 1_000
    // What has no answer yet may get one while the last packets are waited for.
    let until = answered.map { (trace.startMoment &+ $0) &* 1_000 } ?? .max
    let answers = packets.filter {
      $0.head.source == server && !$0.head.isQuoted && $0.length > $0.head.payload
        && $0.moment >= since && $0.moment <= until
    }
    guard let start = answers.first?.head.sequence else { return }
    theirStart = start
    let ends = answers.map {
      $0.head.sequence &- start &+ UInt32(truncatingIfNeeded: $0.length - $0.head.payload)
    }
    theirs = 0..<(ends.max() ?? 0)
  }

  /// Whether the packet of that length has any of them.
  func touch(_ head: PacketHead, _ length: Int) -> Bool {
    // A router's error quotes as much as it likes of what it did not hand on.
    guard isOpen, length > head.payload else { return false }
    let isTheirs = head.source == server
    guard let origin = isTheirs ? theirStart : ourStart else { return true }
    guard let secret = isTheirs ? theirs : ours else { return false }
    let start = head.sequence &- origin
    let end = start &+ UInt32(truncatingIfNeeded: length - head.payload)
    // A packet before the place ends before it, or at it; its number may have wrapped round.
    if start > .max / 2 { return end > secret.lowerBound && end < .max / 2 }
    return start < secret.upperBound && end > secret.lowerBound
  }
}
