/// A reply that began and did not end.
package struct PartialReply: Codable, Sendable, Equatable {
  /// The bytes so far, escaped, at most 512 of them from the end.
  package var bytes: String
  /// How many bytes there are in all.
  package var length: Int
  /// When the first and the last of them came.
  package var firstAt: Microseconds
  package var lastAt: Microseconds

  package init(bytes: String, length: Int, firstAt: Microseconds, lastAt: Microseconds) {
    self.bytes = bytes
    self.length = length
    self.firstAt = firstAt
    self.lastAt = lastAt
  }

  private enum CodingKeys: String, CodingKey {
    case bytes, length
    case firstAt = "first_at_us"
    case lastAt = "last_at_us"
  }
}
