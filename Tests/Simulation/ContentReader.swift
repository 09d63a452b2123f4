/// Reads message content up to CR LF . CR LF, taking the dots of DATA out again.
struct ContentReader {
  /// A message in short: length and a checksum that knows the order.
  struct Digest: Equatable, CustomStringConvertible {
    var length = 0
    var sum: UInt64 = 14_695_981_039_346_656_037

    mutating func add(_ byte: UInt8) {
      length += 1
      sum = (sum ^ UInt64(byte)) &* 1_099_511_628_211
    }

    var description: String { "\(length) bytes, sum \(sum)" }
  }

  private(set) var digest = Digest()
  /// Bytes as they came.
  private(set) var length = 0
  private var last: UInt8 = 0x0A
  private var beforeLast: UInt8 = 0x0D
  /// A dot at the start of a line, and what followed it, until it is clear what it was.
  private var held: [UInt8] = []

  /// True when `byte` completed the end of data.
  mutating func take(_ byte: UInt8) -> Bool {
    length += 1
    if held.isEmpty {
      if byte == 0x2E, last == 0x0A {
        held = [byte]
      } else {
        add(byte)
      }
      return false
    }
    held.append(byte)
    if held == [0x2E, 0x0D], beforeLast == 0x0D { return false }
    if held == [0x2E, 0x0D, 0x0A], beforeLast == 0x0D { return true }
    // The dot was stuffing: what follows it counts.
    for kept in held.dropFirst() { add(kept) }
    held = []
    return false
  }

  private mutating func add(_ byte: UInt8) {
    digest.add(byte)
    beforeLast = last
    last = byte
  }
}
