/// A JSON document in which every number is one that a session can have.
///
/// A saved report may come from anywhere, and sums of its offsets and times must not overflow. No
/// session reaches 2^53, up to which every JSON implementation keeps integers exact.
struct BoundedNumbers: Decodable {
  private static let bound = 9_007_199_254_740_992.0

  init(from decoder: any Decoder) throws {
    if let object = try? decoder.container(keyedBy: AnyKey.self) {
      for key in object.allKeys { _ = try object.decode(BoundedNumbers.self, forKey: key) }
    } else if var array = try? decoder.unkeyedContainer() {
      while !array.isAtEnd { _ = try array.decode(BoundedNumbers.self) }
    } else if let number = try? decoder.singleValueContainer().decode(Double.self),
      number.magnitude > Self.bound
    {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(
          codingPath: decoder.codingPath, debugDescription: "a number that no session can reach"))
    }
  }

  /// Any key of an object.
  private struct AnyKey: CodingKey {
    let stringValue: String
    let intValue: Int? = nil

    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { return nil }
  }
}
