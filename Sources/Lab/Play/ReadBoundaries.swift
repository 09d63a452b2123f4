/// Where reads began in the client's stream: what a server that thinks in reads goes by.
///
/// Positions count from the first byte of the connection. It remembers no further back than the input
/// that is still to be taken, and the read before it.
struct ReadBoundaries: Sendable {
  /// Bytes read so far.
  private(set) var received = 0
  private var starts: [Int] = []

  /// Takes note of a read; `waiting` bytes of earlier ones are still to be taken.
  mutating func note(read count: Int, waiting: Int) {
    let taken = received - waiting
    if let last = starts.lastIndex(where: { $0 < taken }) { starts.removeFirst(last) }
    starts.append(received)
    received += count
  }

  /// Whether a read began at this position.
  func isStart(_ position: Int) -> Bool { starts.contains(position) }

  /// Whether the read that brought the last byte of this command brought others with it.
  func holdsMore(than command: Range<Int>) -> Bool {
    guard let start = starts.last(where: { $0 < command.upperBound }) else { return false }
    return command.lowerBound > start
      || (command.upperBound < received && !isStart(command.upperBound))
  }
}
