import CLinuxSocket
import SessionTrace

/// The lines of a file, one after the other, in memory for one of them.
package struct LineReader {
  private let descriptor: Int32
  /// Kept while lines are read: it closes the descriptor when it goes.
  private let owner: AnyObject
  private var held: [UInt8] = []
  private var start = 0
  private var isAtEnd = false

  /// More than any line of ours has; what is longer comes in pieces.
  private static let mostHeld = 16 << 20

  /// Lines from where `descriptor` stands, which `owner` keeps open.
  init(descriptor: Int32, of owner: AnyObject) {
    self.descriptor = descriptor
    self.owner = owner
  }

  /// The next line without its line feed, and whether it had one; `nil` at the end.
  package mutating func next() throws(WireError) -> (bytes: [UInt8], isWhole: Bool)? {
    var searched = start
    while true {
      if let end = held[searched...].firstIndex(of: 0x0A) {
        defer { start = end + 1 }
        return (Array(held[start..<end]), true)
      }
      if isAtEnd || held.count - start > Self.mostHeld {
        defer { start = held.count }
        return start < held.count ? (Array(held[start...]), false) : nil
      }
      held.removeFirst(start)
      searched = held.count
      start = 0
      try fill()
    }
  }

  private mutating func fill() throws(WireError) {
    var count: Int64 = 0
    let descriptor = descriptor
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, filled in
      if let base = buffer.baseAddress { unsafe count = wire_read(descriptor, base, 1 << 16) }
      filled = Int(max(0, count))
    }
    guard count >= 0 else {
      throw WireError(
        operation: "read", failure: SystemFailure(call: "read", errno: Int32(-count)))
    }
    isAtEnd = bytes.isEmpty
    held += bytes
  }
}

extension InputFile {
  /// Its lines from where it stands.
  package var lines: LineReader { LineReader(descriptor: number, of: self) }
}
