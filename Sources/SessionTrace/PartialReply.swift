/// A reply that began and did not end.
///
/// Under TLS it may be a record that began: then there is ciphertext and no text of it.
package struct PartialReply: Codable, Sendable, Equatable {
  /// The bytes so far, escaped, at most 512 of them from the end.
  package var bytes: String
  /// How many bytes there are in all.
  package var length: Int
  /// When the first and the last of them came.
  package var firstAt: Microseconds
  package var lastAt: Microseconds
  /// How many of them are ciphertext that never became text: a TLS record that did not end, or a TLS
  /// handshake. `nil` when all there is was readable; where it is less than ``length``, text came before.
  package var ciphertext: Int?
  /// The length that the unfinished TLS record announced, its header of 5 bytes included; `nil` when that
  /// is not known, and without one.
  package var record: Int?

  package init(
    bytes: String, length: Int, firstAt: Microseconds, lastAt: Microseconds,
    ciphertext: Int? = nil, record: Int? = nil
  ) {
    self.bytes = bytes
    self.length = length
    self.firstAt = firstAt
    self.lastAt = lastAt
    self.ciphertext = ciphertext
    self.record = record
  }

  private enum CodingKeys: String, CodingKey {
    case bytes, length
    case ciphertext = "ciphertext_bytes"
    case record = "record_bytes"
    case firstAt = "first_at_us"
    case lastAt = "last_at_us"
  }
}
