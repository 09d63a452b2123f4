/// Bytes of a stream from an offset on; what lies before it is gone.
struct ByteQueue {
  private var bytes: [UInt8] = []
  private var head = 0
  /// Offset in the stream of the first byte still here.
  private(set) var start = 0

  var count: Int { bytes.count - head }
  var end: Int { start + count }

  mutating func append(_ more: some Sequence<UInt8>) { bytes += more }

  func copy(from offset: Int, count wanted: Int) -> [UInt8] {
    let first = head + offset - start
    return Array(bytes[first..<(first + wanted)])
  }

  mutating func drop(upTo offset: Int) {
    guard offset > start else { return }
    head += offset - start
    start = offset
    if head > 32_768, head * 2 > bytes.count {
      bytes.removeFirst(head)
      head = 0
    }
  }

  mutating func takeFirst(_ wanted: Int) -> [UInt8] {
    let taken = copy(from: start, count: wanted)
    drop(upTo: start + wanted)
    return taken
  }
}
