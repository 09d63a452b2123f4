/// A reader of bytes from outside, and what must hold whatever they are.
struct FuzzTarget: Sendable {
  /// That of its folder in `Fixtures/corpus`.
  let name: String
  let feed: @Sendable ([UInt8]) -> Void

  static let all = [
    replies, dialogue, tls, fixtures, saved, names, words, arguments, formats, policies, records,
    answers,
  ]

  /// The one this process is about; set once, before the first byte.
  nonisolated(unsafe) static var chosen = all[0]
}

/// Stops the fuzzer where something does not hold, also in a build with optimisation.
func require(_ holds: Bool, _ claim: @autoclosure () -> String) {
  guard holds else { fatalError(claim()) }
}

/// Printable ASCII and line feeds: all that may reach a terminal.
func isPlain(_ bytes: some Sequence<UInt8>) -> Bool {
  bytes.allSatisfy { $0 == 0x0A || (0x20...0x7E).contains($0) }
}

/// An input taken apart from its front: the shapes of a test, then the bytes it is about.
struct Choices {
  private(set) var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  /// The next byte; 0 behind the last.
  mutating func byte() -> Int { Int(rest.popFirst() ?? 0) }

  mutating func flag() -> Bool { byte() & 1 == 1 }

  /// One of these.
  mutating func element<Value>(of values: [Value]) -> Value { values[byte() % values.count] }

  /// The bytes up to the next 0xFF, which is left out; at most so many.
  mutating func bytes(atMost limit: Int = .max) -> [UInt8] {
    let piece = Array(rest.prefix(limit).prefix { $0 != 0xFF })
    rest = rest.dropFirst(piece.count + 1)
    return piece
  }
}
