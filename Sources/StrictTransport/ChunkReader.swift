import SessionTrace

/// Takes a body out of its chunks (RFC 9112 section 7.1).
///
///     S: 1a; name=value
///     S: twenty-six bytes of a body
///     S: 0
///     S:
struct ChunkReader: Sendable {
  private enum State {
    /// The line with the size of a chunk.
    case size
    case content(left: Int)
    /// The line end behind a chunk.
    case gap
    /// Fields behind the last chunk, up to an empty line.
    case trailer
    case over
  }

  private var state = State.size
  private var line: [UInt8] = []
  /// Bytes of lines so far.
  private var overhead = 0

  var isOver: Bool { if case .over = state { true } else { false } }

  /// The content among the next bytes, as far as it goes in one piece.
  mutating func read(_ input: inout ArraySlice<UInt8>) throws(HTTPError) -> ArraySlice<UInt8> {
    while !isOver {
      if case .content(let left) = state {
        let content = input.prefix(left)
        input = input.dropFirst(left)
        state = content.count == left ? .gap : .content(left: left - content.count)
        return content
      }
      guard try takeLine(&input) else { break }
      try finishLine()
      line = []
    }
    return []
  }

  private mutating func finishLine() throws(HTTPError) {
    let content = line.dropLast(line.dropLast().last == 0x0D ? 2 : 1)
    switch state {
    case .size:
      let digits = trimmed(content.prefix { $0 != UInt8(ascii: ";") })
      guard let size = number(digits, radix: 16, mostDigits: 8) else {
        throw HTTPError("the size of a chunk is none: \"\(escapedText(content.prefix(40)))\"")
      }
      state = size == 0 ? .trailer : .content(left: size)
    case .gap:
      guard content.isEmpty else {
        throw HTTPError("a chunk is longer than it says: \"\(escapedText(content.prefix(40)))\"")
      }
      state = .size
    case .trailer: if content.isEmpty { state = .over }
    case .content, .over: break
    }
  }

  /// Moves bytes up to the end of a line; true when it is whole.
  private mutating func takeLine(_ input: inout ArraySlice<UInt8>) throws(HTTPError) -> Bool {
    while let byte = input.popFirst() {
      line.append(byte)
      overhead += 1
      guard overhead <= HTTPReader.longestHead else {
        throw HTTPError("there is too much between its chunks")
      }
      if byte == 0x0A { return true }
    }
    return false
  }
}
