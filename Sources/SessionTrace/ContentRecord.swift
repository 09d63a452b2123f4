/// How far the message content got.
package struct ContentRecord: Codable, Sendable, Equatable {
  /// Offset in our stream where content begins. Under TLS: of the first ciphertext that carries it.
  package var start: Int
  /// Content bytes taken from the source so far, before dot-stuffing.
  package var taken: Int
  /// Offset in our stream of the end of data; `nil` until the whole content was prepared.
  package var endOfData: Int?
  /// Whether the source was exhausted, and the end of data made.
  package var isComplete: Bool

  package init(start: Int, taken: Int = 0, endOfData: Int? = nil, isComplete: Bool = false) {
    self.start = start
    self.taken = taken
    self.endOfData = endOfData
    self.isComplete = isComplete
  }

  private enum CodingKeys: String, CodingKey {
    case start, taken
    case endOfData = "end_of_data"
    case isComplete = "complete"
  }
}
