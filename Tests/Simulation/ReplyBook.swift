/// What the simulated server said: every reply with its end in the stream of replies.
final class ReplyBook {
  private(set) var codes: [Int] = []
  private(set) var ends: [Int] = []

  func add(code: Int, length: Int) {
    codes.append(code)
    ends.append((ends.last ?? 0) + length)
  }

  /// Codes of the replies that `count` bytes of the stream hold completely.
  func complete(in count: Int) -> ArraySlice<Int> {
    codes.prefix(ends.prefix { $0 <= count }.count)
  }

  /// Whether the reply of that number is complete in `count` bytes, and has this code.
  func said(_ code: Int, at index: Int, in count: Int) -> Bool {
    index < codes.count && codes[index] == code && ends[index] <= count
  }
}
