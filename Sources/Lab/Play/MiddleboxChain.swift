import SessionTrace

/// What comes out of a middlebox, or out of a chain of them.
enum Passage: Equatable, Sendable {
  /// One read of the server, or of the next box before it.
  case toServer([UInt8])
  /// One segment to the client, or to the next box before it.
  case toClient([UInt8])
  /// Nothing goes to the client for so long; what comes later waits behind it.
  case waitToClient(Microseconds)
  /// RST to both.
  case reset
}

/// The middleboxes of one connection, nearest to the client first.
///
/// Fed with reads, writes and moments, it answers with what comes out at either end, in order.
struct MiddleboxChain {
  private var boxes: [MiddleboxAtWork]

  init(_ boxes: [Middlebox]) { self.boxes = boxes.map(MiddleboxAtWork.init) }

  /// What one read from the client becomes.
  mutating func fromClient(_ bytes: [UInt8], now: Microseconds) -> [Passage] {
    passing([.toServer(bytes)], from: -1, now)
  }

  /// What one write of the server becomes.
  mutating func fromServer(_ bytes: [UInt8], now: Microseconds) -> [Passage] {
    passing([.toClient(bytes)], from: boxes.count, now)
  }

  /// What the boxes let go at this moment.
  mutating func release(now: Microseconds) -> [Passage] {
    boxes.indices.flatMap { passing(boxes[$0].release(now: now), from: $0, now) }
  }

  /// When to ask for ``release(now:)``.
  var nextDeadline: Microseconds? { boxes.compactMap(\.releaseAt).min() }

  /// Carries what came out of the box at `place` on to the ends.
  private mutating func passing(_ passages: [Passage], from place: Int, _ now: Microseconds)
    -> [Passage]
  {
    passages.flatMap { passage -> [Passage] in
      switch passage {
      case .toServer(let bytes):
        let next = place + 1
        guard boxes.indices.contains(next) else { return [passage] }
        return passing(boxes[next].fromClient(bytes, now: now), from: next, now)
      case .toClient(let bytes):
        let next = place - 1
        guard boxes.indices.contains(next) else { return [passage] }
        return passing(boxes[next].fromServer(bytes), from: next, now)
      case .waitToClient, .reset:
        return [passage]
      }
    }
  }
}
